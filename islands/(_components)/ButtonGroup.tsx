import type { ComponentChildren } from "preact";

/** Buttons that belong together as one control: an action and more ways to do it. */
export function ButtonGroup({ children }: { readonly children: ComponentChildren }) {
  return <span class="button-group">{children}</span>;
}
