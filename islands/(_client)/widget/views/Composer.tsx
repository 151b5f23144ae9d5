import { useRef, useState } from "preact/hooks";
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import { fill } from "@/core/model/fill.ts";
import { useWidget } from "./context.ts";
import { Emoji } from "./Emoji.tsx";
import { Icon } from "./Icon.tsx";

/** Where the visitor writes. Enter sends, Shift and Enter make a line; files come by button, paste or drop. */
export function Composer({ config }: { readonly config: VisitorConfigJson }) {
  const { chat, language: { texts } } = useWidget();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const excess = text.length - config.limits.maxTextLength;
  const canSend = text.trim() !== "" && excess <= 0;

  const change = (next: string) => {
    setText(next);
    chat.typing.tell(next !== "");
  };
  const send = () => {
    if (!canSend) return;
    chat.send(text.trim());
    setText("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is open, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length === 0) return;
    event.preventDefault();
    chat.attach(files);
  };
  const insert = (emoji: string) => {
    const { selectionStart: start = text.length, selectionEnd: end = start } = field.current ?? {};
    change(text.slice(0, start) + emoji + text.slice(end));
    field.current?.focus();
  };
  return (
    <>
      {excess > 0 && (
        <p class="pw-err pw-excess" role="alert">
          <Icon name="alert" />
          {fill(texts.tooLong, { n: excess })}
        </p>
      )}
      <form
        class="pw-comp"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={field}
          class="pw-in"
          rows={1}
          dir="auto"
          aria-label={texts.write}
          placeholder={texts.write}
          value={text}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div class="pw-tools">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              chat.attach([...currentTarget.files ?? []]);
              currentTarget.value = "";
            }}
          />
          <button type="button" aria-label={texts.attach} onClick={() => picker.current?.click()}>
            <Icon name="clip" />
          </button>
          <Emoji onPick={insert} />
          <button
            type="submit"
            class={canSend ? "pw-send on" : "pw-send"}
            aria-label={texts.send}
            aria-disabled={!canSend}
          >
            <Icon name="arrowUp" />
          </button>
        </div>
      </form>
    </>
  );
}
