import type { ComponentChildren, JSX } from "preact";
import type { ButtonKind, ButtonSize } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface LinkButtonProps
  extends Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, "size" | "icon"> {
  readonly href: string;
  readonly kind?: ButtonKind | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ kind = "secondary", size, icon, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} class="button" data-kind={kind} data-size={size}>
      {icon && <Icon name={icon} size={size === "small" ? 14 : 16} />}
      {children}
    </a>
  );
}
