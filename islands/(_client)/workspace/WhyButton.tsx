import { useRef } from "preact/hooks";
import type { ApiMessage } from "../../../core/model/api.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import { Why } from "../../(_components)/Why.tsx";
import { isFromAgentsMail, traceReasons } from "./trace_words.ts";
import { useMenu } from "./use_menu.ts";

/** "Why is this here?" at a message that has a trace. */
export function WhyButton({ message }: { readonly message: ApiMessage }) {
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  if (message.trace.length === 0) return null;
  const id = encodeURIComponent(message.id);
  const isMailed = isFromAgentsMail(message.trace);
  const original = message.email === undefined && !isMailed
    ? `/api/v1/messages/${id}/raw`
    : `/original/${id}`;
  // The thread's scroller runs backwards: nothing is reached below its end.
  const onToggle = () => {
    const place = details.current;
    const popover = place?.querySelector(".popover");
    if (!place?.open || !popover) return;
    delete place.dataset.up;
    const end = place.closest(".thread-scroll")?.getBoundingClientRect().bottom ?? innerHeight;
    if (popover.getBoundingClientRect().bottom > end) place.dataset.up = "";
  };
  return (
    <details
      class="dropdown why-place"
      name="dropdown"
      ref={details}
      onKeyDown={menu.onKeyDown}
      onToggle={onToggle}
    >
      <summary
        class="button"
        data-kind="ghost"
        data-size="small"
        data-icon=""
        title="Why is this here?"
      >
        <Icon name="info" size={14} />
        <span class="sr">Why is this here?</span>
      </summary>
      <Why
        reasons={traceReasons(message.trace)}
        originalHref={message.kind === "inbound" || isMailed ? original : undefined}
      />
    </details>
  );
}
