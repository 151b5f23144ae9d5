import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { type Command, COMMANDS } from "./commands/mod.ts";
import { capsOf } from "../keys/caps_of.ts";
import { screenParts } from "./screen_parts.ts";
import { useMenu } from "./use_menu.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface ConversationMenuProps {
  readonly model: WorkspaceModel;
  readonly label: string;
  /** Menus that hang below this one when they open. */
  readonly opens: string;
}

/** What is done to conversations less often. Only where script runs: most of it needs a menu of its own. */
export function ConversationMenu({ model, label, opens }: ConversationMenuProps) {
  const isRunning = useSignal(false);
  const isOpen = useSignal(false);
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  useEffect(() => {
    isRunning.value = true;
  }, []);
  if (!isRunning.value) return null;
  return (
    <details
      class="dropdown"
      name="dropdown"
      ref={details}
      onKeyDown={menu.onKeyDown}
      onToggle={(event) => isOpen.value = event.currentTarget.open}
    >
      <summary
        class="button"
        data-kind="ghost"
        data-icon=""
        data-opens={opens}
        title="More actions"
      >
        <Icon name="more" />
        <span class="sr">{label}</span>
      </summary>
      <div class="menu" role="group" aria-label={label}>
        {isOpen.value &&
          COMMANDS.filter((command) => isHere(command) && command.isPossible(model)).map(
            ({ id, words, icon, keys = [], run }) => (
              <button
                key={id}
                type="button"
                class="menu-item"
                onClick={() => {
                  menu.close();
                  run(model, screenParts(model));
                }}
              >
                <Icon name={icon} />
                <span class="truncate">{words}</span>
                {keys.length > 0 && <Kbd keys={keys.flatMap(capsOf)} />}
              </button>
            ),
          )}
      </div>
    </details>
  );
}

/** What is decided, and the one answer that goes to somebody else. */
function isHere({ id, group }: Command): boolean {
  return group === "Decide" || id === "forward";
}
