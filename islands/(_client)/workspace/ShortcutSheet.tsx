import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../../(_components)/Dialog.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { COMMANDS } from "./commands/mod.ts";
import { sheetLines } from "./sheet_lines.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Every shortcut there is, opened by `?`. */
export function ShortcutSheet({ model }: { readonly model: WorkspaceModel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal("");
  useEffect(() => dialog.current?.showModal(), []);
  const groups = sheetLines(COMMANDS, typed.value);
  return (
    <Dialog
      id="keys"
      title="Keyboard"
      size="wide"
      dialogRef={dialog}
      onClose={() => model.isSheetOpen.value = false}
      tools={
        <div class="input-box short-search">
          <Icon name="search" size={14} />
          <input
            type="search"
            class="input"
            placeholder="Find a shortcut"
            aria-label="Find a shortcut"
            autocomplete="off"
            value={typed.value}
            onInput={(event) => typed.value = event.currentTarget.value}
          />
        </div>
      }
    >
      {/* More than a small window holds: the keyboard scrolls it. */}
      <div class="shorts" tabIndex={0} role="region" aria-label="Shortcuts">
        {groups.map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            {lines.map(({ words, presses }) => (
              <div class="short" key={words}>
                <span>{words}</span>
                <span class="keys">
                  {presses.map((caps, place) => (
                    <Fragment key={place}>
                      {place > 0 && <span>then</span>}
                      <Kbd keys={caps} />
                    </Fragment>
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
      {groups.length === 0 && <p class="meta" role="status">No shortcut fits these words.</p>}
    </Dialog>
  );
}
