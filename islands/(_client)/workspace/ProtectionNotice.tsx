import type { ApiMessage } from "../../../core/model/api.ts";
import { LinkButton } from "../../(_components)/LinkButton.tsx";
import { MailNotice } from "../../(_components)/MailNotice.tsx";

/** Above a mail that its sender signed or encrypted: that nobody here has checked or can read it. */
export function ProtectionNotice({ message }: { readonly message: ApiMessage }) {
  const protection = message.email?.protection;
  if (protection === undefined) return null;
  const by = protection.by === "pgp" ? "PGP" : "S/MIME";
  if (protection.kind === "signed") {
    return <MailNotice icon="key">Signed ({by}), not checked</MailNotice>;
  }
  return (
    <MailNotice
      icon="lock"
      actions={
        <LinkButton kind="ghost" size="small" href={`/original/${message.id}`}>Original</LinkButton>
      }
    >
      Encrypted ({by}): it cannot be read here
    </MailNotice>
  );
}
