import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";

const EMOJI =
  "😀 😄 😂 🙂 😉 😍 😘 🤔 😐 😕 😢 😭 😡 😮 😴 🤒 👍 👎 👏 🙏 💪 👋 ✌️ 🤝 ❤️ 🎉 🔥 ⭐ ✅ ❌ ❓ ☕"
    .split(" ");
const COLUMNS = 8;

/** A few faces and hands for those whose keyboard has none. */
export function Emoji({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) grid.current?.querySelector("button")?.focus();
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
      return;
    }
    const isRtl = getComputedStyle(document.body).direction === "rtl";
    const steps: Record<string, number> = {
      ArrowRight: isRtl ? -1 : 1,
      ArrowLeft: isRtl ? 1 : -1,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...grid.current?.querySelectorAll("button") ?? []];
    const at = all.findIndex((one) => one === document.activeElement);
    all[at + step]?.focus();
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    const isInside = relatedTarget instanceof Node && grid.current?.contains(relatedTarget);
    if (!isInside && relatedTarget !== button.current) setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        aria-label="Emoji"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <div
          class="pw-emoji"
          role="group"
          aria-label="Emoji"
          ref={grid}
          onKeyDown={onKeyDown}
          onFocusOut={onBlur}
        >
          {EMOJI.map((emoji, i) => (
            <button
              key={emoji}
              type="button"
              tabIndex={i === 0 ? 0 : -1}
              onClick={() => {
                setOpen(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
