import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Avatar } from "../../../(_components)/Avatar.tsx";
import { Icon } from "../../../(_components)/Icon.tsx";
import type { IconName } from "../../../(_components)/icon_names.ts";
import type { PickerItem, PickerItems } from "./picker_item.ts";

export interface PickerMenuProps {
  readonly label: string;
  readonly icon: IconName;
  readonly placeholder: string;
  readonly items: PickerItems;
  /** Said when nothing fits. */
  readonly nothing: string;
  /** The element it hangs below: the first in sight with `data-opens` of this. */
  readonly anchor: string;
  readonly onClose: () => void;
}

/** Space between the anchor, the menu and the edge of the window. */
const GAP_PX = 4;

/** A menu with a field to type in: a combobox over a listbox. Arrows move, Enter chooses, Escape goes back. */
export function PickerMenu(props: PickerMenuProps) {
  const { label, icon, placeholder, nothing, anchor, onClose } = props;
  const query = useSignal("");
  const active = useSignal(0);
  const panel = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const items = props.items(query.value);
  const at = Math.min(active.value, items.length - 1);

  const before = useRef(document.activeElement);
  // Before anything is drawn: what is typed next belongs here.
  useLayoutEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) onClose();
    };
    const onResize = () => panel.current && place(panel.current, anchor);
    document.addEventListener("pointerdown", onPress);
    globalThis.addEventListener("resize", onResize);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      globalThis.removeEventListener("resize", onResize);
    };
  }, []);
  /** The keyboard is back before the next key, which may come at once. */
  const close = () => {
    if (before.current instanceof HTMLElement) before.current.focus();
    onClose();
  };
  useLayoutEffect(() => {
    if (panel.current !== null) place(panel.current, anchor);
  });
  useLayoutEffect(() => {
    panel.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const choose = (item: PickerItem) => {
    if (!item.staysOpen) close();
    item.run();
    if (!item.staysOpen) return;
    query.value = "";
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const item = items[at];
    if (step !== 0 && items.length > 0) active.value = (at + step + items.length) % items.length;
    else if (event.key === "Enter" && item !== undefined) choose(item);
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu picker" ref={panel} onKeyDown={onKeyDown}>
      <div class="menu-search">
        <Icon name={icon} />
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls="picker-items"
          aria-activedescendant={items[at] && `picker-${at}`}
          autocomplete="off"
          placeholder={placeholder}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
            active.value = 0;
          }}
        />
      </div>
      <div
        class="menu-items"
        id="picker-items"
        role="listbox"
        aria-label={label}
        aria-multiselectable={items.some(({ hasBox }) => hasBox) ? "true" : undefined}
      >
        {items.map((item, n) => (
          <Option
            key={item.id}
            id={`picker-${n}`}
            item={item}
            isActive={n === at}
            onPoint={() => active.value = n}
            onChoose={() => choose(item)}
          />
        ))}
      </div>
      {items.length === 0 && <p class="menu-head" role="status">{nothing}</p>}
    </div>
  );
}

function Option({ id, item, isActive, onPoint, onChoose }: {
  readonly id: string;
  readonly item: PickerItem;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}) {
  const { words, icon, face, look, end, state, hasBox, above } = item;
  return (
    <>
      {above === "line" && <hr aria-hidden="true" />}
      {typeof above === "object" && <div class="menu-head" role="presentation">{above.head}</div>}
      <div
        class="menu-item"
        id={id}
        role="option"
        aria-selected={state === "on" ? "true" : "false"}
        data-chosen=""
        data-active={isActive ? "" : undefined}
        onPointerMove={isActive ? undefined : onPoint}
        onClick={onChoose}
      >
        {hasBox && (
          <span
            class="check"
            aria-hidden="true"
            data-checked={state === "on" ? "" : undefined}
            data-mixed={state === "mixed" ? "" : undefined}
          />
        )}
        {icon && <Icon name={icon} />}
        {face && <Avatar {...face} size={20} />}
        {look ?? <span class="truncate">{words}</span>}
        {state !== undefined && !hasBox && <Icon name="check" size={14} />}
        {end !== undefined && " "}
        {end !== undefined && <span class="end">{end}</span>}
      </div>
    </>
  );
}

/** Below its anchor where there is one in sight, at the top of the window otherwise; never beyond an edge. */
function place(panel: HTMLElement, anchor: string): void {
  const found = [...document.querySelectorAll<HTMLElement>(`[data-opens~="${anchor}"]`)]
    .find((element) => element.offsetParent !== null)?.getBoundingClientRect();
  const { innerWidth, innerHeight } = globalThis;
  const { offsetWidth, offsetHeight } = panel;
  const left = found === undefined ? (innerWidth - offsetWidth) / 2 : found.right - offsetWidth;
  const top = found === undefined ? innerHeight / 5 : found.bottom + GAP_PX;
  panel.style.left = `${clamp(left, innerWidth - offsetWidth)}px`;
  panel.style.top = `${clamp(top, innerHeight - offsetHeight)}px`;
}

function clamp(value: number, max: number): number {
  return Math.max(2 * GAP_PX, Math.min(value, max - 2 * GAP_PX));
}
