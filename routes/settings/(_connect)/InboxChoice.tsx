import type { Inbox } from "@/core/model/inbox.ts";
import { Select } from "@/islands/(_components)/Select.tsx";

export interface InboxChoiceProps {
  readonly inboxes: readonly Inbox[];
  /** The one that is chosen; "" for none yet. */
  readonly inboxId: string;
}

/** Who answers what comes in by a channel; nothing to see where there is one inbox. */
export function InboxChoice({ inboxes, inboxId }: InboxChoiceProps) {
  if (inboxes.length <= 1) {
    return <input type="hidden" name="inboxId" value={inboxId || inboxes[0]?.id} />;
  }
  return (
    <Select
      name="inboxId"
      label="Who answers"
      value={inboxId}
      options={inboxes.map(({ id, name }) => ({ value: id, label: name }))}
      hint="The members of this inbox."
    />
  );
}
