import type { ComponentChildren } from "preact";

export interface DropdownProps {
  /** What opens it; styled by the caller. */
  readonly trigger: ComponentChildren;
  readonly triggerClass?: string | undefined;
  readonly triggerKind?: string | undefined;
  readonly triggerLabel?: string | undefined;
  /** Which edge of the trigger the menu keeps; the end when absent. */
  readonly side?: "start" | "rail" | undefined;
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A menu that opens without script. Its items are links and form buttons in the tab order, so no menu role. */
export function Dropdown(
  { trigger, triggerClass, triggerKind, triggerLabel, side, label, children }: DropdownProps,
) {
  return (
    <details class="dropdown" data-side={side} name="dropdown">
      <summary
        class={triggerClass}
        data-kind={triggerKind}
        data-icon={triggerKind === undefined ? undefined : ""}
        title={triggerLabel}
      >
        {trigger}
        {triggerLabel && <span class="sr">{triggerLabel}</span>}
      </summary>
      <div class="menu" aria-label={label} role="group">{children}</div>
    </details>
  );
}
