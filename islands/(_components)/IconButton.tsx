import type { JSX } from "preact";
import type { ButtonKind, ButtonSize } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface IconButtonProps
  extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "size" | "icon" | "label" | "class"> {
  readonly icon: IconName;
  /** Its name for screen readers, and its tooltip. */
  readonly label: string;
  /** The key that does the same; shown in the tooltip. */
  readonly shortcut?: string | undefined;
  readonly kind?: ButtonKind | undefined;
  readonly size?: Exclude<ButtonSize, "full"> | undefined;
  readonly iconSize?: 12 | 14 | 16 | undefined;
  /** Where it shows: "phone-only", "wide-only", "views-opener", "side-opener". */
  readonly class?: string | undefined;
}

/** A button that is only an icon: ghost, with a name and a tooltip that tells its key. */
export function IconButton(
  { icon, label, shortcut, kind = "ghost", size, iconSize, class: className, ...rest }:
    IconButtonProps,
) {
  const title = shortcut === undefined ? label : `${label} (${shortcut})`;
  return (
    <button
      type="button"
      {...rest}
      class={className === undefined ? "button" : `button ${className}`}
      data-kind={kind}
      data-size={size}
      data-icon=""
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={title}
    >
      <Icon name={icon} size={iconSize ?? (size === "small" ? 14 : 16)} />
    </button>
  );
}
