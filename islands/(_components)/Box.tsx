import type { ComponentChildren } from "preact";

/** A bordered box: a table, rows of settings, or steps. */
export function Box({ children, class: more }: {
  readonly children: ComponentChildren;
  readonly class?: "steps" | undefined;
}) {
  return <div class={more === undefined ? "box" : `box ${more}`}>{children}</div>;
}
