import type { ApiMessage } from "../../../core/model/api.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import { isFromAgentsMail } from "./trace_words.ts";

/** Says of a reply that its author wrote it in their mail program. */
export function ByMail({ message }: { readonly message: ApiMessage }) {
  if (message.kind !== "reply" || !isFromAgentsMail(message.trace)) return null;
  return (
    <span class="by-mail" title="Answered from a mail program, by replying to a notification">
      <Icon name="mail" size={12} />
      by mail
    </span>
  );
}
