import type { ApiMessage } from "../../../core/model/api.ts";

/** Below a reply: the answers that went along, as the customer sees them. */
export function QuickReplyChips({ quickReplies = [] }: Pick<ApiMessage, "quickReplies">) {
  if (quickReplies.length === 0) return null;
  return (
    <ul class="quick-replies" aria-label="Quick replies">
      {quickReplies.map(({ title }, place) => <li class="chip" key={place}>{title}</li>)}
    </ul>
  );
}
