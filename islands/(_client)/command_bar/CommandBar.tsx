import { useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";
import { rememberFocus } from "../keys/remember_focus.ts";
import { BarOption } from "./BarOption.tsx";
import type { BarItem, BarPage } from "./bar_page.ts";
import { groupItems, rankItems } from "./rank_items.ts";
import type { RecentItems } from "./recent_items.ts";

export interface CommandBarProps {
  /** What it begins with; another one when what is acted on changed. */
  readonly first: BarPage;
  /** What is acted on, in words; null where nothing is. */
  readonly scope: string | null;
  /** Acts on something else; null where there is only one thing to act on. */
  readonly onNextScope: (() => void) | null;
  readonly recent: RecentItems;
  readonly onClose: () => void;
  /** @returns what cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Long enough that a word is typed, short enough to seem at once. */
const FIND_AFTER_MS = 120;
/** For fewer letters nearly everything would be found. */
const FIND_FROM = 2;

/** One field for everything: a combobox over the commands of a page, and pages of what a command asks. */
export function CommandBar(props: CommandBarProps) {
  const { first, scope, onNextScope, recent, onClose, after } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const pages = useSignal<readonly BarPage[]>([first]);
  const typed = useSignal("");
  const active = useSignal(0);
  const found = useSignal<readonly BarItem[]>([]);
  const isFinding = useSignal(false);
  /** Enter was pressed before the first answer came. */
  const wantsFirst = useRef(false);
  const id = useId();

  const page = pages.value.at(-1) ?? first;
  const items = page.items(typed.value);
  const own = page.areFitting
    ? groupItems(items)
    : rankItems(items, typed.value, page.title === null ? recent.read() : []);
  const known = new Set(own.flatMap(({ items }) => items.map(({ id }) => id)));
  const groups = [...own, ...groupItems(found.value.filter(({ id }) => !known.has(id)))];
  const options = groups.flatMap(({ items }) => items);
  const current = Math.min(active.value, options.length - 1);

  const giveFocusBack = useRef(() => {});
  useEffect(() => {
    giveFocusBack.current = rememberFocus();
    dialog.current?.showModal();
  }, []);
  useLayoutEffect(() => {
    if (pages.peek()[0] !== first) pages.value = [first];
  }, [first]);
  useEffect(() => {
    const words = typed.value.trim();
    wantsFirst.current = false;
    if (page.find === undefined || words.length < FIND_FROM) {
      found.value = [];
      isFinding.value = false;
      return;
    }
    let isOver = false;
    isFinding.value = true;
    const cancel = after(FIND_AFTER_MS, async () => {
      const answer = await page.find?.(words) ?? [];
      if (isOver) return;
      found.value = answer;
      isFinding.value = false;
      const likeliest = answer[0];
      if (wantsFirst.current && likeliest !== undefined) choose(likeliest);
    });
    return () => {
      isOver = true;
      cancel();
    };
  }, [typed.value, page]);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current, typed.value, page]);

  const close = () => {
    dialog.current?.close();
    giveFocusBack.current();
  };
  const show = (next: readonly BarPage[]) => {
    pages.value = next;
    typed.value = "";
    active.value = 0;
    found.value = [];
  };
  const choose = (item: BarItem) => {
    if (page.title === null) recent.add(item.id);
    if (item.page !== undefined) return show([...pages.peek(), item.page()]);
    // First the focus goes back, then the command may take it elsewhere.
    close();
    item.run?.();
  };
  const back = () => {
    if (pages.value.length > 1) show(pages.value.slice(0, -1));
    else close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const option = options[current];
    const step = STEPS[event.key];
    if (step !== undefined && !event.altKey) {
      active.value = options.length === 0 ? 0 : (current + step + options.length) % options.length;
    } else if (event.key === "Enter") {
      if (option !== undefined) choose(option);
      else wantsFirst.current = isFinding.value;
    } else if (event.key === "Escape") back();
    else if (event.key === "Backspace" && typed.value === "" && pages.value.length > 1) back();
    else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) close();
    else if (event.key === "Tab" && onNextScope !== null && !event.shiftKey) onNextScope();
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      class="dialog command"
      aria-label="Command bar"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={onKeyDown}
    >
      {(scope !== null || page.title !== null) && (
        <div class="command-scope">
          {scope !== null && (
            <span class="tag" title={scope}>
              <span class="truncate">{scope}</span>
            </span>
          )}
          {pages.value.map(({ title }) =>
            title !== null && <span class="tag" key={title}>{title}</span>
          )}
        </div>
      )}
      <div class="command-input">
        <input
          role="combobox"
          aria-label={page.placeholder}
          aria-autocomplete="list"
          aria-expanded={options.length > 0 ? "true" : "false"}
          aria-controls={`${id}-list`}
          aria-activedescendant={options.length > 0 ? `${id}-${current}` : undefined}
          placeholder={page.placeholder}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={200}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            active.value = 0;
          }}
        />
        <button type="button" class="kbd command-esc" tabIndex={-1} onClick={back}>esc</button>
      </div>
      <div class="command-list" role="listbox" aria-label="Commands" id={`${id}-list`} ref={list}>
        {groups.map(({ title, items }) => (
          <div role="group" aria-label={title} key={title}>
            <h3 aria-hidden="true">{title}</h3>
            {items.map((item) => {
              const place = options.indexOf(item);
              return (
                <BarOption
                  key={item.id}
                  id={`${id}-${place}`}
                  item={item}
                  isActive={place === current}
                  onPoint={() => active.value = place}
                  onChoose={() => choose(item)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {options.length === 0 && (
        <p class="command-none" role="status">
          {isFinding.value ? "Looking …" : "Nothing fits these words."}
        </p>
      )}
      <footer>
        <span>
          <kbd class="kbd">
            <Icon name="arrow-up" size={12} />
          </kbd>
          <kbd class="kbd">
            <Icon name="arrow-down" size={12} />
          </kbd>
          choose
        </span>
        <span>
          <kbd class="kbd">Enter</kbd>do it
        </span>
        {onNextScope !== null && (
          <span class="command-tab">
            <kbd class="kbd">Tab</kbd>change what it applies to
          </span>
        )}
      </footer>
    </dialog>
  );
}

/** How far a key moves in the list. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
