import type { ComponentChildren } from "preact";

export interface MenuProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** What can be done, one line each: `MenuItem`s and `<hr>`. */
export function Menu({ label, children }: MenuProps) {
  return <div class="menu" role="menu" aria-label={label}>{children}</div>;
}
