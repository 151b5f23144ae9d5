import type { ComponentChildren } from "preact";

export interface PopoverProps {
  readonly label: string;
  /** "why" for the reasons of a message. */
  readonly kind?: "why" | undefined;
  readonly children: ComponentChildren;
}

/** Something raised beside what it explains. */
export function Popover({ label, kind, children }: PopoverProps) {
  return (
    <section
      class={kind === undefined ? "popover" : `popover ${kind}`}
      role="dialog"
      aria-label={label}
    >
      {children}
    </section>
  );
}
