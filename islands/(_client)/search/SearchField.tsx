import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { flag } from "../../(_components)/flag.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import { IconButton } from "../../(_components)/IconButton.tsx";
import type { SearchModel } from "./search_model.ts";
import { type FilterNames, suggestFilters, type Suggestion } from "./suggest_filters.ts";

/** Where words and filters are typed. Arrows move in what is suggested, else among the results. */
export function SearchField({ model, names, edit, onOpen }: {
  readonly model: SearchModel;
  readonly names: FilterNames;
  /** A filter was begun elsewhere: it goes on here. Each time a new object. */
  readonly edit: Suggestion | null;
  /** The result the keyboard is at is wanted. */
  onOpen(): void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const caret = useSignal<number | null>(null);
  const active = useSignal(-1);
  const q = model.q.value;
  const suggestions = caret.value === null ? [] : suggestFilters(q, caret.value, names);

  const put = ({ query, caret: at }: Suggestion) => {
    active.value = -1;
    caret.value = at;
    model.type(query);
    // The field shows the new text only after the next drawing.
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  };
  useEffect(() => {
    if (edit !== null) put(edit);
  }, [edit]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const count = suggestions.length;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const step = event.key === "ArrowDown" ? 1 : -1;
        event.preventDefault();
        if (count === 0) return model.move(step);
        active.value = Math.max(-1, Math.min(active.value + step, count - 1));
        return;
      }
      case "Enter": {
        event.preventDefault();
        const chosen = suggestions[active.value];
        if (chosen) return put(chosen);
        caret.value = null;
        if (model.status.value === "ready" && model.found.value !== null) return onOpen();
        return void model.search();
      }
      case "Tab": {
        const chosen = suggestions[active.value];
        if (!chosen) return;
        event.preventDefault();
        return put(chosen);
      }
      case "Escape":
        event.preventDefault();
        if (count > 0) caret.value = null;
        else if (q !== "") void model.search("");
        else history.back();
    }
  };
  const follow = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    caret.value = event.currentTarget.selectionStart;
    active.value = -1;
  };
  return (
    <div class="search-field">
      <div class="input-box">
        <Icon name="search" size={14} />
        <input
          ref={input}
          class="input"
          name="q"
          value={q}
          maxLength={500}
          autoComplete="off"
          autofocus
          role="combobox"
          aria-label="Search"
          aria-expanded={suggestions.length > 0}
          aria-controls="search-suggestions"
          aria-autocomplete="list"
          aria-activedescendant={suggestions[active.value] ? optionId(active.value) : undefined}
          placeholder="Words, names, #number, or from: tag: is: has: before:"
          onInput={(event) => {
            model.type(event.currentTarget.value);
            follow(event);
          }}
          onClick={follow}
          onBlur={() => caret.value = null}
          onKeyDown={onKeyDown}
        />
        {q !== "" && (
          <span class="input-end">
            <IconButton
              icon="x"
              label="Clear"
              size="small"
              onClick={() => {
                void model.search("");
                input.current?.focus();
              }}
            />
          </span>
        )}
      </div>
      <div
        id="search-suggestions"
        class="menu search-menu"
        role="listbox"
        aria-label="Suggestions"
        hidden={suggestions.length === 0}
      >
        {suggestions.map((one, index) => (
          <div
            key={one.label}
            id={optionId(index)}
            class="menu-item"
            role="option"
            aria-selected={index === active.value}
            data-active={flag(index === active.value)}
            // Before the field loses the focus, which would close the list.
            onPointerDown={(event) => {
              event.preventDefault();
              put(one);
            }}
          >
            <span class="truncate">{one.label}</span>
            <span class="end">{one.hint}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function optionId(index: number): string {
  return `search-suggestion-${index}`;
}
