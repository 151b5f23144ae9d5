import type { MessageStatus } from "../../core/model/message.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

interface Look {
  readonly icon: IconName;
  readonly word: string;
  readonly state?: "read" | "failed";
}

const LOOKS: Readonly<Record<MessageStatus, Look | null>> = {
  received: null,
  scheduled: { icon: "later", word: "Scheduled" },
  queued: { icon: "clock", word: "Queued" },
  sending: { icon: "clock", word: "Sending" },
  sent: { icon: "check", word: "Sent" },
  delivered: { icon: "checks", word: "Delivered" },
  read: { icon: "checks", word: "Read", state: "read" },
  failed: { icon: "alert", word: "Not delivered", state: "failed" },
  ambiguous: { icon: "warning", word: "Perhaps not delivered", state: "failed" },
  canceled: { icon: "x", word: "Canceled" },
};

export interface DeliveryStateProps {
  readonly status: MessageStatus;
  /** Instead of the usual word: "Sent by email, she had left". */
  readonly text?: string | undefined;
}

/** How far a reply got. Nothing for what came in. */
export function DeliveryState({ status, text }: DeliveryStateProps) {
  const look = LOOKS[status];
  if (look === null) return null;
  return (
    <span class="delivery" data-state={look.state}>
      <Icon name={look.icon} size={14} />
      {text ?? look.word}
    </span>
  );
}
