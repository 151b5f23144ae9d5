import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

export interface ChipProps {
  readonly children: ComponentChildren;
  /** What the cross does, such as "Remove Giulia Ferrari"; no cross without it. */
  readonly removeLabel?: string | undefined;
  readonly onRemove?: (() => void) | undefined;
}

/** Something chosen that can be taken away again: a filter, a recipient. */
export function Chip({ children, removeLabel, onRemove }: ChipProps) {
  return (
    <span class="chip">
      {children}
      {removeLabel !== undefined && (
        <button type="button" class="chip-x" aria-label={removeLabel} onClick={onRemove}>
          <Icon name="x" size={12} />
        </button>
      )}
    </span>
  );
}
