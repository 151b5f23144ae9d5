import type { ComponentChildren, JSX } from "preact";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";
import { Kbd } from "./Kbd.tsx";

export interface MenuItemProps
  extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "class"> {
  readonly icon?: IconName | undefined;
  readonly keys?: readonly string[] | undefined;
  /** Quiet words at the end: a time, a count. */
  readonly end?: string | undefined;
  /** Where the keyboard is. */
  readonly active?: boolean | undefined;
  readonly danger?: boolean | undefined;
  /** A link instead of an action. */
  readonly href?: string | undefined;
  readonly children: ComponentChildren;
}

/** One line of a menu. */
export function MenuItem(
  { icon, keys, end, active, danger, href, children, ...button }: MenuItemProps,
) {
  const look = {
    class: "menu-item",
    role: "menuitem",
    "data-active": flag(active),
    "data-kind": danger ? "danger" : undefined,
  } as const;
  const content = (
    <>
      {icon && <Icon name={icon} />}
      <span class="truncate">{children}</span>
      {end !== undefined && <span class="end">{end}</span>}
      {keys && <Kbd keys={keys} />}
    </>
  );
  if (href !== undefined) return <a {...look} href={href}>{content}</a>;
  return <button type="button" {...button} {...look}>{content}</button>;
}
