/** Addresses and ids by which a mail to one of the team, and their answer to it, are known again. */
import type { DeliveryReport, MessageEvent } from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { soleAddressIn } from "./mail_addresses.ts";
import { messageIdsIn } from "./message_ids.ts";
import { fieldValues, type HeaderField } from "./mime/mod.ts";
import { codedRecipients, MAX_LOCAL_LENGTH } from "./reply_address.ts";

const IN_ADDRESS = /\+a\.([a-z2-7]{16})@[^@]*$/;
const NOTICE_ID = /^n\.([a-z2-7]{16})\.(\d{1,9})@/;

/**
 * `local+a.<code>@domain`. The mailbox's own address where it takes no codes or has no room for one: then the answer is
 * known by the id of the mail it answers.
 */
export function answerAddress(
  { address, replyCodes }: Pick<EmailConfig, "address" | "replyCodes">,
  code: string,
): string {
  const at = address.lastIndexOf("@");
  const local = `${address.slice(0, at)}+a.${code}`;
  return replyCodes && local.length <= MAX_LOCAL_LENGTH ? `${local}${address.slice(at)}` : address;
}

/** `n.<code>.<seq>@domain`: the same mail has the same id whenever it is tried. */
export function noticeId({ address }: Pick<EmailConfig, "address">, code: string, seq: number) {
  return `n.${code}.${seq}@${address.split("@").at(-1) ?? "localhost"}`;
}

/** What a mail has to do with a notification; null when nothing. */
export function readAgentMail(
  fields: readonly HeaderField[],
  { messageId, envelopeTo, report }: {
    readonly messageId: string;
    readonly envelopeTo: string | null;
    readonly report: DeliveryReport | undefined;
  },
): NonNullable<MessageEvent["agentMail"]> | null {
  const own = readNoticeId(messageId);
  if (own !== null) return { is: "notice", code: own.code };
  for (const target of report?.targets ?? []) {
    const told = target.by === "external" ? readNoticeId(target.messageExternalId) : null;
    if (told !== null) return { is: "report", code: told.code };
  }
  const answered = fieldValues(fields, "in-reply-to").flatMap(messageIdsIn).map(readNoticeId)
    .find((one) => one !== null) ?? null;
  const addressed = codedRecipients(fields, envelopeTo, "+a.")
    .map((address) => IN_ADDRESS.exec(address)?.[1]).find((code) => code !== undefined);
  const code = addressed ?? answered?.code;
  if (code === undefined) return null;
  return {
    is: "answer",
    code,
    author: soleAuthor(fields),
    seenSeq: answered?.code === code ? answered.seq : null,
  };
}

function readNoticeId(id: string): { readonly code: string; readonly seq: number } | null {
  const [, code, seq] = NOTICE_ID.exec(id) ?? [];
  return code === undefined ? null : { code, seq: Number(seq) };
}

/** Of several senders nobody could say which of them a server vouched for. */
function soleAuthor(fields: readonly HeaderField[]): string | null {
  const [header, ...more] = fieldValues(fields, "from");
  return header === undefined || more.length > 0
    ? null
    : soleAddressIn(header)?.toLowerCase() ?? null;
}
