import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ApiMessage } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { lazyPart } from "./lazy_part.tsx";
import { reschedule, takeBackScheduled } from "./scheduled.ts";
import { useMenu } from "./use_menu.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const WhenItems = lazyPart(() => import("./WhenItems.tsx").then((file) => file.WhenItems));

/** What can still be done with a reply that leaves later. */
export function ScheduledDelivery({ model, message }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  const isOpen = useSignal(false);
  if (message.status !== "scheduled" || !model.data.canWrite) return null;
  return (
    <span class="scheduled script-only">
      <Button kind="link" onClick={() => void reschedule(model, message, undefined)}>
        Send now
      </Button>
      <details
        class="dropdown"
        name="dropdown"
        ref={details}
        onKeyDown={menu.onKeyDown}
        onToggle={(event) => isOpen.value = event.currentTarget.open}
      >
        <summary class="button" data-kind="link">Change</summary>
        <div class="menu" role="group" aria-label="Send it at another time">
          {isOpen.value && (
            <WhenItems
              clock={model.clock.value}
              onChoose={(at) => {
                menu.close();
                void reschedule(model, message, at);
              }}
            />
          )}
        </div>
      </details>
      <Button
        kind="link"
        title="Not sent; its words come back into the composer"
        onClick={() => void takeBackScheduled(model, message)}
      >
        Cancel
      </Button>
    </span>
  );
}
