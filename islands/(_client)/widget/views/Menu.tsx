import { useEffect, useRef, useState } from "preact/hooks";
import { useWidget } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** What is seldom needed: a new conversation, being forgotten. */
export function Menu() {
  const { chat, language: { texts } } = useWidget();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) list.current?.querySelector("button")?.focus();
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      // Else the panel would close with it.
      event.preventDefault();
      close();
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...list.current?.querySelectorAll("button") ?? []];
    const at = items.findIndex((item) => item === document.activeElement);
    items.at((at + step) % items.length)?.focus();
  };
  const onBlur = (event: FocusEvent) => {
    const isInside = event.relatedTarget instanceof Node &&
      list.current?.contains(event.relatedTarget);
    if (!isInside && event.relatedTarget !== button.current) setOpen(false);
  };
  const choose = (action: () => Promise<void>) => () => {
    setOpen(false);
    void action();
  };
  return (
    <>
      <button
        type="button"
        class="pw-ib"
        ref={button}
        aria-label={texts.more}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="dots" class="pw-dots" />
      </button>
      {isOpen && (
        <div class="pw-menu" role="menu" ref={list} onKeyDown={onKeyDown} onFocusOut={onBlur}>
          <button
            type="button"
            role="menuitem"
            onClick={choose(() =>
              chat.show("new")
            )}
          >
            <Icon name="pencil" />
            {texts.newConversation}
          </button>
          <hr />
          <button
            type="button"
            role="menuitem"
            onClick={choose(() =>
              chat.reset()
            )}
          >
            <Icon name="trash" />
            {texts.forget}
          </button>
        </div>
      )}
    </>
  );
}
