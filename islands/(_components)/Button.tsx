import type { ComponentChildren, JSX } from "preact";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";
import { Spinner } from "./Spinner.tsx";

/** One primary per pane. */
export type ButtonKind =
  | "primary"
  | "secondary"
  | "ghost"
  | "danger"
  | "danger-quiet"
  | "note"
  | "link";
/** Height: 24, 28 (absent), 32, or 36 over the full width. */
export type ButtonSize = "small" | "large" | "full";

export interface ButtonProps
  extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "size" | "icon"> {
  readonly kind?: ButtonKind | undefined;
  readonly size?: ButtonSize | undefined;
  /** Before the words. */
  readonly icon?: IconName | undefined;
  /** After the words: usually "down", for what opens a menu. */
  readonly endIcon?: IconName | undefined;
  /** The label stays, a spinner takes the icon's place, and a second press does nothing. */
  readonly busy?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A button with words. `type` is "button" unless said otherwise, so that none submits by accident. */
export function Button(
  { kind = "secondary", size, icon, endIcon, busy, children, disabled, ...rest }: ButtonProps,
) {
  return (
    <button
      type="button"
      {...rest}
      class="button"
      data-kind={kind}
      data-size={size}
      data-busy={flag(busy)}
      aria-busy={busy ? "true" : undefined}
      disabled={busy ? true : disabled}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} size={iconSize(size)} />}
      {children}
      {endIcon && <Icon name={endIcon} size={14} />}
    </button>
  );
}

function iconSize(size: ButtonSize | undefined): 14 | 16 {
  return size === "small" ? 14 : 16;
}
