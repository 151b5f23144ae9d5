import { asset } from "fresh/runtime";
import type { IconName } from "./icon_names.ts";

export interface IconProps {
  readonly name: IconName;
  /** Pixels; 16 when absent. 20 in the rail, 14 in meta lines, 12 in chips, 28 for the logo. */
  readonly size?: 12 | 14 | 16 | 20 | 28 | undefined;
  /** A meaning: "ok", "warn", "danger". */
  readonly class?: string | undefined;
}

/** A drawing of the sprite, decorative: what it means is said beside it or in the control's label. */
export function Icon({ name, size = 16, class: className }: IconProps) {
  return (
    <svg
      class={className === undefined ? "icon" : `icon ${className}`}
      data-size={size === 16 ? undefined : size}
      aria-hidden="true"
    >
      <use href={asset(`/icons.svg#${name}`)} />
    </svg>
  );
}
