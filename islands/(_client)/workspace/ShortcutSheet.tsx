import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../../(_components)/Dialog.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { COMMAND_GROUPS, type CommandGroup, COMMANDS } from "./commands/mod.ts";
import { capsOf } from "./shortcuts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

interface Line {
  readonly words: string;
  readonly keys: readonly string[];
  readonly isSequence?: boolean;
}

/** Keys that belong to a place of their own and are the browser's or the form's. */
const MORE: Readonly<Partial<Record<CommandGroup, readonly Line[]>>> = {
  Move: [{ words: "Open", keys: ["Enter"] }],
  Answer: [
    { words: "Send", keys: ["Ctrl", "Enter"] },
    { words: "Send and close", keys: ["Ctrl", "Shift", "Enter"] },
    { words: "Leave the editor", keys: ["Esc"] },
  ],
};

/** Every shortcut there is, opened by `?`. */
export function ShortcutSheet({ model }: { readonly model: WorkspaceModel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <Dialog
      id="keys"
      title="Keyboard"
      size="wide"
      dialogRef={dialog}
      onClose={() => model.isSheetOpen.value = false}
    >
      <div class="shorts">
        {COMMAND_GROUPS.filter((group) => linesOf(group).length > 0).map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            {linesOf(group).map(({ words, keys, isSequence }) => (
              <div class="short" key={words}>
                <span>{words}</span>
                {isSequence
                  ? (
                    <span class="keys">
                      <kbd class="kbd">{keys[0]}</kbd>
                      <span>then</span>
                      <kbd class="kbd">{keys[1]}</kbd>
                    </span>
                  )
                  : <Kbd keys={keys} />}
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function linesOf(group: CommandGroup): readonly Line[] {
  const own = COMMANDS.flatMap(({ words, keys, ...command }) =>
    keys === undefined || command.group !== group ? [] : [{
      words,
      keys: keys.flatMap(capsOf),
      isSequence: keys.length > 1,
    }]
  );
  return [...own, ...MORE[group] ?? []];
}
