/** Keys and closing of a menu that is a `<details>`, so that it also opens without script. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

export interface MenuKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly close: () => void;
  readonly open: () => void;
}

/** Arrows move through the items, Escape closes and gives the focus back, a click elsewhere closes. */
export function useMenu(details: RefObject<HTMLDetailsElement>): MenuKeys {
  const close = () => {
    if (details.current?.open) details.current.open = false;
  };
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !details.current?.contains(event.target)) close();
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const menu = details.current;
    if (menu === null || !menu.open) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      menu.querySelector("summary")?.focus();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    focusItem(menu, step);
  };
  const open = () => {
    const menu = details.current;
    if (menu === null) return;
    menu.open = true;
    (menu.querySelector<HTMLElement>("input") ?? itemsOf(menu)[0])?.focus();
  };
  return { onKeyDown, close, open };
}

function focusItem(menu: HTMLElement, step: 1 | -1): void {
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : items.length - 1) : at + step;
  items[(next + items.length) % items.length]?.focus();
}

function itemsOf(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(".menu-item")].filter((item) =>
    item.offsetParent !== null
  );
}
