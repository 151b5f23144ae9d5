import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { forwardHere } from "./outside/forward_here.ts";
import { keysOf } from "./shortcuts.ts";
import { useMenu } from "./use_menu.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** What is done to a conversation less often. Only where script runs: choosing another one needs it. */
export function ConversationMenu({ model }: { readonly model: WorkspaceModel }) {
  const isRunning = useSignal(false);
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  useEffect(() => {
    isRunning.value = true;
  }, []);
  if (!isRunning.value) return null;
  const merge = () => {
    menu.close();
    model.isMergeOpen.value = true;
  };
  const forward = () => {
    menu.close();
    forwardHere(model);
  };
  return (
    <details class="dropdown" name="dropdown" ref={details} onKeyDown={menu.onKeyDown}>
      <summary class="button" data-kind="ghost" data-icon="" title="More actions">
        <Icon name="more" />
        <span class="sr">More actions on this conversation</span>
      </summary>
      <div class="menu" role="group" aria-label="Actions on this conversation">
        <button type="button" class="menu-item" onClick={forward}>
          <Icon name="forward" />
          <span class="truncate">Forward outside…</span>
          <Kbd keys={[keysOf("forward")]} />
        </button>
        <button type="button" class="menu-item" onClick={merge}>
          <Icon name="merge" />
          <span class="truncate">Merge into…</span>
          <Kbd keys={[keysOf("merge")]} />
        </button>
      </div>
    </details>
  );
}
