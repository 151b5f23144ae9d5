import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ApiMessage } from "../../../core/model/api.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import { canSplit } from "./can_split.ts";
import { forwardDraft } from "./outside/letter_draft.ts";
import { splitOff } from "./thread_actions.ts";
import { useMenu } from "./use_menu.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** What else can be done with a message. A form without script. */
export function MessageMenu({ model, message }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  const isRunning = useSignal(false);
  useEffect(() => {
    isRunning.value = true;
  }, []);
  const canForward = isRunning.value && model.data.canWrite && message.seq > 0;
  const isSplittable = canSplit(model, message);
  if (!canForward && !isSplittable) return null;
  const forward = () => {
    menu.close();
    model.forwarding.value = forwardDraft(message.conversationId, message);
  };
  return (
    <details class="dropdown why-place" name="dropdown" ref={details} onKeyDown={menu.onKeyDown}>
      <summary
        class="button"
        data-kind="ghost"
        data-size="small"
        data-icon=""
        title="More actions"
      >
        <Icon name="more" size={14} />
        <span class="sr">More actions on this message</span>
      </summary>
      <div class="menu" role="group" aria-label="Actions on this message">
        {canForward && (
          <button type="button" class="menu-item" onClick={forward}>
            <Icon name="forward" />
            <span class="truncate">Forward outside…</span>
          </button>
        )}
        {isSplittable && (
          <SplitForm model={model} message={message} onDone={menu.close}>
            <button type="submit" class="menu-item">
              <Icon name="split" />
              <span class="truncate">New conversation from here</span>
            </button>
          </SplitForm>
        )}
      </div>
    </details>
  );
}

/** A form that makes a conversation of its own out of a message and all after it. */
export function SplitForm({ model, message, isAlways = false, onDone, children }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
  /** Also from now on, for this sender. */
  readonly isAlways?: boolean;
  readonly onDone?: () => void;
  readonly children: ComponentChildren;
}) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onDone?.();
    void splitOff(model, message, { isAlways });
  };
  return (
    <form method="post" class="bar-form" onSubmit={submit}>
      <input type="hidden" name="action" value="split" />
      <input type="hidden" name="messageId" value={message.id} />
      {isAlways && <input type="hidden" name="always" value="1" />}
      {children}
    </form>
  );
}
