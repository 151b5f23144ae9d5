import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ApiConversation } from "../../../../core/model/api.ts";
import type { ApiMacro } from "../../../../core/model/api_snippets.ts";
import { fillFields } from "../../../../core/model/fill_fields.ts";
import { Button } from "../../../(_components)/Button.tsx";
import { Dialog } from "../../../(_components)/Dialog.tsx";
import { Icon } from "../../../(_components)/Icon.tsx";
import type { WorkspaceModel } from "../workspace_model.ts";
import { fieldsOf } from "./field_facts.ts";
import { findByWords } from "./find_by_words.ts";
import { actionWords, macroWords } from "./macro_words.ts";
import { MissingMarked } from "./MissingMarked.tsx";
import { runMacro } from "./run_macro.ts";
import { usableMacros } from "./usable_macros.ts";

/** Chooses a macro for what is picked or open, and shows what it will do before it does. */
export function MacroMenu({ model }: { readonly model: WorkspaceModel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const query = useSignal("");
  const at = useSignal(0);
  // What is picked when it opens: the list may move on underneath.
  const targets = useRef(model.targets.peek()).current;
  useEffect(() => {
    dialog.current?.showModal();
    void model.snippets.load();
  }, []);
  const { status, items } = model.snippets.macros.value;
  const isOne = targets.length === 1;
  const kind = model.composeKind.peek();
  // "Only while starting" has a dialog of its own.
  const offered = usableMacros(items, isOne ? kind : "reply");
  const found = findByWords(offered, query.value);
  const active = found[Math.min(at.value, found.length - 1)];
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [active?.id]);

  const close = () => dialog.current?.close();
  const run = (macro: ApiMacro | undefined) => {
    if (macro === undefined) return;
    close();
    void runMacro(model, macro, targets);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || found.length === 0) return;
    event.preventDefault();
    at.value = (Math.min(at.value, found.length - 1) + step + found.length) % found.length;
  };
  const [first] = targets;
  return (
    <Dialog
      id="macros"
      title={isOne ? "Run a macro" : `Run a macro on ${targets.length} conversations`}
      dialogRef={dialog}
      onClose={() => model.isMacroMenuOpen.value = false}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            kind="primary"
            icon="zap"
            type="submit"
            form="macro-form"
            disabled={active === undefined}
          >
            Run
          </Button>
        </>
      }
    >
      <form
        id="macro-form"
        class="macro-menu"
        onSubmit={(event) => {
          event.preventDefault();
          run(active);
        }}
      >
        <div class="merge-search">
          <Icon name="search" />
          <input
            type="search"
            role="combobox"
            autofocus
            placeholder="Name or folder"
            aria-label="Find a macro"
            aria-expanded="true"
            aria-controls="macro-options"
            aria-activedescendant={active && `macro-${active.id}`}
            autocomplete="off"
            value={query.value}
            onInput={(event) => {
              query.value = event.currentTarget.value;
              at.value = 0;
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div id="macro-options" class="macro-options" role="listbox" aria-label="Macros" ref={list}>
          {found.map((macro, n) => (
            <div
              key={macro.id}
              id={`macro-${macro.id}`}
              class="menu-item"
              role="option"
              aria-selected={macro === active ? "true" : "false"}
              data-active={macro === active ? "" : undefined}
              onPointerMove={() => at.value = n}
              onClick={() => run(macro)}
            >
              <Icon name="zap" />
              <b class="strong">{macro.name}</b>
              <span class="truncate quiet">{macroWords(macro, model.data)}</span>
              {macro.folder !== "" && <span class="end">{macro.folder}</span>}
            </div>
          ))}
        </div>
        {found.length === 0 && <Nothing status={status} isAny={offered.length > 0} />}
        {active !== undefined && first !== undefined && (
          <Preview model={model} macro={active} conversation={first} isOne={isOne} />
        )}
      </form>
    </Dialog>
  );
}

/** What will happen, with the first conversation's names. */
function Preview({ model, macro, conversation, isOne }: {
  readonly model: WorkspaceModel;
  readonly macro: ApiMacro;
  readonly conversation: ApiConversation;
  readonly isOne: boolean;
}) {
  const values = fieldsOf(model, conversation);
  const sends = macro.actions.some(({ type }) => type === "reply");
  const isLost = macro.text !== "" && !sends && !isOne;
  const changes = macro.actions.filter(({ type }) => type !== "reply" && type !== "comment");
  const comments = macro.actions.filter((action) => action.type === "comment");
  return (
    <section class="macro-preview" aria-label="What it will do" aria-live="polite">
      {macro.text !== "" && (
        <>
          <h3>{sends ? "Sends" : isLost ? "Not written: one conversation at a time" : "Writes"}</h3>
          <p class="words" data-kind="reply">
            <MissingMarked filled={fillFields(macro.text, values)} />
          </p>
        </>
      )}
      {comments.map(({ text }) => (
        <>
          <h3>Comments</h3>
          <p class="words" data-kind="comment">
            <MissingMarked filled={fillFields(text, values)} />
          </p>
        </>
      ))}
      {changes.length > 0 && (
        <>
          <h3>Then</h3>
          <ul>
            {changes.map((action, n) => <li key={n}>{actionWords(action, model.data)}</li>)}
          </ul>
        </>
      )}
    </section>
  );
}

function Nothing({ status, isAny }: { readonly status: string; readonly isAny: boolean }) {
  if (status === "loading") return <p class="meta" aria-busy="true">Reading the macros …</p>;
  if (status === "failed") {
    return <p class="meta">The macros could not be read. Try again later.</p>;
  }
  return isAny ? <p class="meta">No macro fits.</p> : (
    <p class="meta">
      There is no macro yet. <a href="/settings/macros/new">Make the first one</a>
    </p>
  );
}
