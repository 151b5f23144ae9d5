import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "../../(_components)/Button.tsx";
import type { TimeContext } from "../../(_components)/format_time.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import type { DraftKind } from "./drafts.ts";
import { lazyPart } from "./lazy_part.tsx";
import { useMenu } from "./use_menu.ts";

const WhenItems = lazyPart(() => import("./WhenItems.tsx").then((file) => file.WhenItems));

/** Send, and more ways to. Comments have their own colour and one way. */
export function SendButtons({ kind, isBlocked, isGuarded, clock, onLater }: {
  readonly kind: DraftKind;
  readonly clock: TimeContext;
  /** @param at epoch ms */
  readonly onLater: (at: number) => void;
  readonly isBlocked: boolean;
  readonly isGuarded: boolean;
}) {
  // Only for what script knows of: without it the button always works, and the page says what is wrong.
  const disabled = isBlocked ? "true" : undefined;
  if (kind === "comment") {
    return (
      <Button type="submit" kind="note" aria-disabled={disabled} title="Add comment (Ctrl+Enter)">
        Add comment
      </Button>
    );
  }
  return (
    <>
      {isGuarded && <span class="meta">Not sent</span>}
      <span class="button-group">
        <Button type="submit" kind="primary" aria-disabled={disabled} title="Send (Ctrl+Enter)">
          Send
        </Button>
        <MoreWays isBlocked={isBlocked} clock={clock} onLater={onLater} />
      </span>
    </>
  );
}

function MoreWays({ isBlocked, clock, onLater }: {
  readonly isBlocked: boolean;
  readonly clock: TimeContext;
  readonly onLater: (at: number) => void;
}) {
  const isOpen = useSignal(false);
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  return (
    <details
      class="dropdown send-more"
      name="dropdown"
      ref={details}
      onKeyDown={menu.onKeyDown}
      onToggle={(event) => isOpen.value = event.currentTarget.open}
    >
      <summary
        class="button"
        data-kind="primary"
        data-icon=""
        title="More ways to send"
        aria-disabled={isBlocked ? "true" : undefined}
      >
        <Icon name="down" size={14} />
        <span class="sr">More ways to send</span>
      </summary>
      <div class="menu" role="group" aria-label="More ways to send">
        <button type="submit" class="menu-item" name="then" value="close" onClick={menu.close}>
          <Icon name="check" />
          Send and close
          <Kbd keys={["Ctrl", "Shift", "Enter"]} />
        </button>
        <button
          type="submit"
          class="menu-item script-only"
          name="then"
          value="snooze"
          onClick={menu.close}
        >
          <Icon name="snooze" />
          Send and snooze
        </button>
        {isOpen.value && (
          <>
            <hr />
            <div class="menu-head">Send later</div>
            <WhenItems
              clock={clock}
              isBlocked={isBlocked}
              onChoose={(at) => {
                menu.close();
                onLater(at);
              }}
            />
          </>
        )}
      </div>
    </details>
  );
}
