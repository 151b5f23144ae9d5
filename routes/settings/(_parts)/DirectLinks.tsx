import type { ChannelWithSecrets } from "@/core/mod.ts";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import CopyButton from "@/islands/CopyButton.tsx";

/** The addresses that open a conversation on a channel, to copy. */
export function DirectLinks({ links }: { readonly links: ChannelWithSecrets["directLinks"] }) {
  return (
    <PageSection
      title="Direct links"
      lead="For buttons, mails and codes to scan: each opens a conversation here."
    >
      <div class="form">
        {links.map(({ ref, url }) => (
          <CopyField
            key={url}
            name={`link.${ref ?? ""}`}
            label={ref === null ? "Anybody" : ref}
            value={url}
            hint={ref === null ? undefined : "Greeted with its own text."}
            action={<CopyButton text={url} label="Copy the address" />}
          />
        ))}
      </div>
    </PageSection>
  );
}
