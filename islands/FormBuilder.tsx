import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Banner } from "./(_components)/Banner.tsx";
import { Button } from "./(_components)/Button.tsx";
import { flag } from "./(_components)/flag.ts";
import { FormBuilderTop } from "./(_components)/FormBuilderTop.tsx";
import { Icon } from "./(_components)/Icon.tsx";
import { Toast } from "./(_components)/Toast.tsx";
import { BUILDER } from "./(_client)/form_builder/builder_form.ts";
import { BuilderCanvas } from "./(_client)/form_builder/BuilderCanvas.tsx";
import { BuilderPalette } from "./(_client)/form_builder/BuilderPalette.tsx";
import { checkDraft, type DraftProblem } from "./(_client)/form_builder/check_draft.ts";
import { type Edit, editDraft } from "./(_client)/form_builder/edit_draft.ts";
import { BuilderSettings } from "./(_client)/form_builder/FieldSettings.tsx";
import type { FormDraft } from "@/core/model/form_draft.ts";
import { contentOf } from "./(_client)/form_builder/form_draft.ts";
import { wordsOfEdit } from "./(_client)/form_builder/words_of_edit.ts";

export interface FormBuilderProps {
  /** The channel's own page. */
  readonly settingsUrl: string;
  readonly openUrl: string;
  readonly channelName: string;
  readonly isPaused: boolean;
  readonly draft: FormDraft;
  /** JSON of what is stored. */
  readonly stored: string;
  /** Names of the stored fields: other pages may post them. */
  readonly kept: readonly string[];
  /** Of what is stored, epoch ms: a save over something newer is refused. */
  readonly updatedAt: number;
  readonly problems: readonly DraftProblem[];
  /** Somebody else stored something since. */
  readonly isConflict: boolean;
  readonly isSaved: boolean;
  /** What happens to what is sent, in order. */
  readonly after: readonly {
    readonly icon: "shield" | "form" | "mail";
    readonly what: string;
    readonly how: string;
  }[];
}

/** The form of a channel, built by looking at it. Without script every button posts the whole draft. */
export default function FormBuilder(props: FormBuilderProps) {
  const { settingsUrl, openUrl, channelName, isPaused, stored, kept, updatedAt, after } = props;
  const draft = useSignal(props.draft);
  const problems = useSignal(props.problems);
  const news = useSignal("");
  const isPhone = useSignal(false);
  /** Buttons that only work with script are not shown before. */
  const hasScript = useSignal(false);
  const isLeaving = useRef(false);
  const root = useRef<HTMLDivElement>(null);

  const isChanged = JSON.stringify(contentOf(draft.value)) !== stored;

  function edit(step: Edit): void {
    const before = draft.value;
    draft.value = editDraft(before, step, kept);
    if (draft.value === before) return;
    news.value = wordsOfEdit(step, before, draft.value);
    // What was wrong may be right now; what is new is told at the next save.
    if (problems.value.length > 0) problems.value = checkDraft(draft.value);
    focusAfter(step);
  }

  /** Where the keyboard goes: to the label of what was opened, or where it was. */
  function focusAfter(step: Edit): void {
    if (step.do === "field" || step.do === "form") return;
    requestAnimationFrame(() => {
      const { selected } = draft.value;
      const page = root.current;
      const pick = page?.querySelector<HTMLElement>(`.fm-pick[data-key="${selected ?? ""}"]`);
      pick?.scrollIntoView({ block: "nearest" });
      if (step.do === "move") {
        // Its own button may be at its end.
        if (document.activeElement === document.body || isOff(document.activeElement)) {
          pick?.focus();
        }
      } else if (step.do === "remove") {
        page?.querySelector<HTMLElement>(".toast button")?.focus();
      } else if (step.do === "select" && selected !== null) {
        page?.querySelector<HTMLElement>('[name="field.label"]')?.focus({ preventScroll: true });
      } else {
        pick?.focus({ preventScroll: true });
      }
    });
  }

  /** Closes the settings of a field; the keyboard goes back to where it opened them. */
  function closeField(key: string): void {
    edit({ do: "select", key: null });
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>(`.fm-pick[data-key="${key}"]`)?.focus()
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { target, key, altKey } = event;
    const { selected } = draft.value;
    if (key === "Escape" && selected !== null && !event.isComposing) {
      event.preventDefault();
      return closeField(selected);
    }
    const field = target instanceof HTMLElement ? target.dataset["key"] : undefined;
    if (!field || !(target instanceof HTMLElement)) return;
    const at = draft.value.fields.findIndex((one) => one.key === field);
    if (altKey && (key === "ArrowUp" || key === "ArrowDown")) {
      event.preventDefault();
      edit({ do: "move", key: field, to: key === "ArrowUp" ? at - 1 : at + 1 });
      requestAnimationFrame(() => target.focus());
    } else if (key === "Delete" || key === "Backspace") {
      event.preventDefault();
      edit({ do: "remove", key: field });
    }
  }

  function onSubmit(event: SubmitEvent): void {
    const wrong = checkDraft(draft.value);
    problems.value = wrong;
    const [first] = wrong;
    if (first === undefined) {
      isLeaving.current = true;
      return;
    }
    event.preventDefault();
    if (first.key !== null) draft.value = { ...draft.value, selected: first.key };
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>(".bx-side [aria-invalid]")?.focus()
    );
  }

  useEffect(() => {
    hasScript.value = true;
    const onLeave = (event: BeforeUnloadEvent) => {
      if (isLeaving.current || JSON.stringify(contentOf(draft.value)) === stored) return;
      event.preventDefault();
    };
    addEventListener("beforeunload", onLeave);
    return () => removeEventListener("beforeunload", onLeave);
  }, []);

  const { removed, selected } = draft.value;
  const loose = problems.value.filter(({ key, setting }) => key === null && !IN_PANEL.has(setting));
  return (
    <div class="bx fm-app" ref={root} onKeyDown={onKeyDown}>
      <form
        id={BUILDER}
        method="post"
        action={`${settingsUrl}/form`}
        // The schema says what is wrong, in the same words as the server.
        noValidate
        hidden
        onSubmit={onSubmit}
      >
        {/* The first button of a form is what Enter presses. */}
        <button type="submit" name="do" value="save" />
        <input type="hidden" name="draft" value={JSON.stringify(draft.value)} />
        <input type="hidden" name="updatedAt" value={updatedAt} />
      </form>
      <FormBuilderTop
        title={channelName}
        isPaused={isPaused}
        note={isChanged ? "Not saved yet" : props.isSaved ? "Saved" : "All saved"}
        part="build"
        settingsUrl={settingsUrl}
        openUrl={openUrl}
      >
        <Button
          kind="primary"
          type="submit"
          form={BUILDER}
          name="do"
          value="save"
          disabled={hasScript.value && !isChanged}
        >
          Save
        </Button>
      </FormBuilderTop>
      <div class="fm-notices">
        {props.isConflict && (
          <Banner
            kind="warn"
            role="alert"
            action={
              <span class="end">
                <a class="button" data-kind="ghost" data-size="small" href={`${settingsUrl}/form`}>
                  Take theirs
                </a>
                <Button size="small" type="submit" form={BUILDER} name="do" value="overwrite">
                  Save mine
                </Button>
              </span>
            }
          >
            Somebody else changed this form meanwhile. What you did is still here.
          </Banner>
        )}
        {loose.map(({ message }) => (
          <Banner key={message} kind="danger" role="alert">
            {message.charAt(0).toUpperCase() + message.slice(1)}.
          </Banner>
        ))}
      </div>
      <main class="bx-work" aria-label={`Build ${channelName}`}>
        <BuilderPalette edit={edit} />
        <div class="fm-canvas">
          <div class="dp-bar">
            <div class="segments" role="group" aria-label="Width" hidden={!hasScript.value}>
              {([["monitor", "Desktop", false], ["mobile", "Phone", true]] as const).map((
                [icon, label, phone],
              ) => (
                <button
                  key={label}
                  type="button"
                  aria-pressed={isPhone.value === phone}
                  onClick={() => isPhone.value = phone}
                >
                  <Icon name={icon} size={14} />
                  {label}
                </button>
              ))}
            </div>
            <span class="meta">Live preview, press a field to edit it</span>
          </div>
          <div class="fm-stage" data-phone={flag(isPhone.value)}>
            <BuilderCanvas
              draft={draft.value}
              channelName={channelName}
              wrong={problems.value.flatMap(({ key }) => key ?? [])}
              edit={edit}
            />
          </div>
          <ul class="fm-after">
            {after.map(({ icon, what, how }) => (
              <li key={icon}>
                <Icon name={icon} />
                <span>
                  <small>{what}</small>
                  <b>{how}</b>
                </span>
              </li>
            ))}
          </ul>
        </div>
        <BuilderSettings
          draft={draft.value}
          channelName={channelName}
          problems={problems.value}
          edit={edit}
        />
      </main>
      <span class="sr" role="status">{news.value}</span>
      {removed !== null && (
        <div class="toast-place" data-over={flag(selected !== null)}>
          <Toast
            icon="trash"
            action={
              <Button
                kind="ghost"
                type="submit"
                form={BUILDER}
                name="do"
                value="restore"
                onClick={(event) => {
                  event.preventDefault();
                  edit({ do: "restore" });
                }}
              >
                Undo
              </Button>
            }
          >
            <span class="truncate">“{removed.field.label}” is deleted</span>
          </Toast>
        </div>
      )}
    </div>
  );
}

/** Settings of the form as a whole that show what is wrong with them. */
const IN_PANEL = new Set(["title", "intro", "submitLabel", "accentColor"]);

function isOff(element: Element | null): boolean {
  return element instanceof HTMLButtonElement && element.disabled;
}
