import type { ConversationStatus } from "../../core/model/conversation.ts";
import type { IconName } from "./icon_names.ts";
import { Status } from "./Status.tsx";

const LOOKS: Readonly<
  Record<ConversationStatus, { icon: IconName; word: string; state?: "open" | "ok" }>
> = {
  open: { icon: "half", word: "Open", state: "open" },
  snoozed: { icon: "snooze", word: "Snoozed" },
  closed: { icon: "done", word: "Closed", state: "ok" },
  spam: { icon: "spam", word: "Spam" },
  trash: { icon: "trash", word: "In the trash" },
};

/** A conversation's status as icon and word. */
export function ConversationState({ status }: { readonly status: ConversationStatus }) {
  const { icon, word, state } = LOOKS[status];
  return <Status icon={icon} state={state}>{word}</Status>;
}
