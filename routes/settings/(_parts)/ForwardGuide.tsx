import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { CopyField } from "@/islands/(_components)/CopyField.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import CopyButton from "@/islands/CopyButton.tsx";

export interface ForwardGuideProps {
  /** Where mail is to be forwarded. */
  readonly forwardAddress: string;
}

/** How mail of a group, an alias or a mailbox elsewhere is forwarded to a channel. */
export function ForwardGuide({ forwardAddress }: ForwardGuideProps) {
  return (
    <PageSection title="Forward mail here">
      <CopyField
        name="forward"
        label="Forward to"
        value={forwardAddress}
        hint="Only this channel has this address. Customers never see it."
        action={<CopyButton text={forwardAddress} label="Copy the address" />}
      />
      <div class="box">
        <BoxRow
          title="1. Open the group, alias or mailbox at your provider"
          text="In Google Groups add the address as a member, in Microsoft 365 as a forwarding address, elsewhere as a redirect."
        />
        <BoxRow
          title="2. Let it forward to the address above"
          text="If the provider asks for a code, its mail with the code arrives in this channel's inbox."
        />
        <BoxRow
          title="3. Write a mail to the group's own address"
          text="It appears here within a minute."
        />
      </div>
    </PageSection>
  );
}
