import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { cidOf } from "./composer_state.ts";
import type { DraftKind } from "./drafts.ts";
import { TextareaWriting } from "./textarea_writing.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import type { Format } from "./writing.ts";

export interface ComposerTextProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
  /** More than plain text can be sent. */
  readonly isRich: boolean;
  readonly label: string;
  readonly placeholder: string;
  /** Id of the option the keyboard is on, in what popped up above. */
  readonly activeOption: string | null;
  readonly onWritten: (text: string) => void;
  readonly onPictures: (files: readonly File[]) => void;
}

/**
 * Where the words are written. A text field at once; where they may have a form, the rich editor takes its place when it
 * has come, with the words and the caret.
 */
export function ComposerText(props: ComposerTextProps) {
  const { model, conversation: { id, version }, kind, isRich, label, placeholder } = props;
  const state = model.composers.get(id, kind);
  const field = useRef<HTMLTextAreaElement>(null);
  /** Where the caret was in the text field; null where the keyboard was elsewhere. */
  const caret = useRef<number | null>(null);
  const isLost = useSignal(false);
  const Rich = isRich ? model.editor.value : null;
  const isPlain = Rich === null;

  useLayoutEffect(() => {
    const element = field.current;
    if (!isPlain || element === null) return;
    const writing = new TextareaWriting(element);
    model.writing.value = writing;
    return () => {
      if (model.writing.peek() === writing) model.writing.value = null;
    };
  }, [id, kind, isPlain]);

  const fetchEditor = async () => {
    if (!isRich || model.editor.peek() !== null) return;
    const loaded = await import("./editor/RichText.tsx").catch(() => null);
    // No connection, or another version was installed: the text field goes on.
    isLost.value = loaded === null;
    if (loaded === null) return;
    await compositionEnd(field.current);
    const element = field.current;
    caret.current = element !== null && document.activeElement === element
      ? element.selectionStart
      : null;
    model.editor.value = loaded.RichText;
  };
  const hasForm = state.html !== null;
  useLayoutEffect(() => {
    if (hasForm) void fetchEditor();
  }, [id, kind, hasForm]);

  const written = (text: string, html: string | null) => {
    model.composers.write(id, kind, text, version, html);
    props.onWritten(text);
  };
  if (Rich !== null) {
    const takenCaret = caret.current;
    caret.current = null;
    return (
      <Rich
        key={`${id} ${kind}`}
        model={model}
        label={label}
        placeholder={placeholder}
        activeOption={props.activeOption}
        content={state}
        caret={takenCaret}
        pictureUrl={(cid) => {
          const { files } = model.composers.get(id, kind);
          const file = files.find((one) => cidOf(one) === cid);
          return file?.attachment?.url ?? file?.localUrl ?? null;
        }}
        onChange={(content) => written(content.text, content.html)}
        onPictures={props.onPictures}
      />
    );
  }
  return (
    <textarea
      key={`${id} ${kind}`}
      ref={field}
      class="composer-text"
      name="text"
      rows={2}
      aria-label={label}
      aria-activedescendant={props.activeOption ?? undefined}
      placeholder={placeholder}
      value={state.text}
      // Words with a form wait for what can show it, so that it is not lost.
      aria-busy={hasForm && !isLost.value ? "true" : undefined}
      readOnly={hasForm && !isLost.value}
      onCompositionStart={(event) => event.currentTarget.dataset.composing = ""}
      onCompositionEnd={(event) => delete event.currentTarget.dataset.composing}
      onFocus={() => void fetchEditor()}
      onInput={(event) => written(event.currentTarget.value, null)}
    />
  );
}

/** Formats what is selected, once there is what can. */
export async function format(model: WorkspaceModel, wanted: Format): Promise<void> {
  const writing = model.writing.peek();
  if (writing === null) return;
  writing.focus();
  if (writing.formatting !== null) return writing.formatting.toggle(wanted);
  await new Promise<void>((resolve) => {
    const end = model.writing.subscribe((now) => {
      if (now === writing) return;
      // Not before the subscription is there to be ended.
      queueMicrotask(() => end());
      resolve();
    });
  });
  model.writing.peek()?.formatting?.toggle(wanted);
}

/** A word that is put together by several keys is not cut in two. */
function compositionEnd(field: HTMLTextAreaElement | null): Promise<void> {
  if (field === null || field.dataset.composing === undefined) return Promise.resolve();
  return new Promise((resolve) =>
    field.addEventListener("compositionend", () => resolve(), { once: true })
  );
}
