import { Button } from "../../(_components)/Button.tsx";
import { IconButton } from "../../(_components)/IconButton.tsx";
import { commandOf } from "./commands/mod.ts";
import { ConversationMenu } from "./ConversationMenu.tsx";
import { pickAll } from "./pick_all.ts";
import { screenParts } from "./screen_parts.ts";
import { keysOf } from "./shortcuts.ts";
import { countOf } from "./view_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const ACTIONS = ["assign", "tag", "snooze", "toggle_closed"] as const;

/** In place of the list's two header lines while conversations are picked: how many, and what can be done to them. */
export function BulkBar({ model }: { readonly model: WorkspaceModel }) {
  const { selection, conversations, navigation } = model;
  const { ids } = conversations.list.value;
  const { size } = selection;
  const isAll = size >= ids.length && ids.every((id) => selection.has(id));
  const progress = model.bulkProgress.value;
  const count = countOf(conversations.counts.value, navigation.route.value);
  return (
    <>
      <div class="bulk" role="toolbar" aria-label="Selected conversations">
        <input
          class="check"
          type="checkbox"
          aria-label="Select all shown"
          checked={isAll}
          data-mixed={isAll ? undefined : ""}
          onChange={() => isAll ? selection.clear() : selection.add(ids)}
        />
        <b role="status">{size} selected</b>
        {model.data.canWrite && ACTIONS.map((id) => {
          const { words, icon, run } = commandOf(id);
          return (
            <IconButton
              key={id}
              icon={icon}
              label={words}
              shortcut={keysOf(id)}
              data-opens={id}
              onClick={() => run(model, screenParts(model))}
            />
          );
        })}
        <ConversationMenu
          model={model}
          label="More actions on the selected"
          opens="priority move"
        />
      </div>
      <div class="subbar bulk-more">
        {progress === null
          ? (
            <>
              <span class="meta truncate">
                {isAll ? "All shown are selected." : `${ids.length} are shown.`}
              </span>
              {(conversations.list.value.next !== null || !isAll) && (
                <Button
                  kind="link"
                  onClick={() => void pickAll(model)}
                >
                  {count === undefined ? "Select all" : `Select all ${count}`}
                </Button>
              )}
            </>
          )
          : (
            <>
              <progress
                value={progress.done}
                max={progress.total}
                aria-label="Changing conversations"
              />
              <span class="meta num">{progress.done} of {progress.total}</span>
            </>
          )}
        <span class="spacer" />
        <IconButton
          icon="x"
          size="small"
          label="Select none"
          shortcut="Escape"
          onClick={() => selection.clear()}
        />
      </div>
    </>
  );
}
