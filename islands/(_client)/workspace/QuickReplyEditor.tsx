import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";

export interface QuickReplyEditorProps {
  readonly titles: readonly string[];
  readonly limits: { readonly max: number; readonly titleMax: number };
  /** The first chip was just asked for: it takes the keyboard. */
  readonly isNew: boolean;
  readonly onChange: (titles: readonly string[]) => void;
}

/** The answers a customer can tap, as chips to write in. */
export function QuickReplyEditor({ titles, limits, isNew, onChange }: QuickReplyEditorProps) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(isNew ? 0 : titles.length);
  useLayoutEffect(() => {
    // A chip that was just added takes the keyboard; one of a draft that is shown again does not.
    if (titles.length > before.current) {
      [...list.current?.querySelectorAll("input") ?? []].at(-1)?.focus();
    }
    before.current = titles.length;
  }, [titles.length]);
  const add = () => titles.length < limits.max && onChange([...titles, ""]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add();
  };
  return (
    <div class="quick-replies" role="group" aria-label="Quick replies" ref={list}>
      {titles.map((title, place) => (
        <span class="chip quick-reply" key={place}>
          <input
            value={title}
            size={Math.max(title.length, 8)}
            maxLength={limits.titleMax}
            aria-label={`Quick reply ${place + 1}`}
            placeholder="Answer"
            onInput={(event) =>
              onChange(titles.map((one, n) => n === place ? event.currentTarget.value : one))}
            onKeyDown={onKeyDown}
          />
          <button
            type="button"
            class="chip-x"
            aria-label={`Remove quick reply ${place + 1}`}
            title="Remove"
            onClick={() => onChange(titles.filter((_, n) => n !== place))}
          >
            <Icon name="x" size={12} />
          </button>
        </span>
      ))}
      {titles.length < limits.max && (
        <button type="button" class="button" data-kind="ghost" data-size="small" onClick={add}>
          <Icon name="plus" size={14} />
          Add
        </button>
      )}
    </div>
  );
}
