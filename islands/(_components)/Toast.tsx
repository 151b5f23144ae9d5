import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface ToastProps {
  readonly icon?: IconName | undefined;
  readonly children: ComponentChildren;
  /** The way back: usually an Undo button. */
  readonly action?: ComponentChildren | undefined;
}

/** What just happened, said politely. Put it into a `toast-place`. */
export function Toast({ icon = "check", children, action }: ToastProps) {
  return (
    <div class="toast" role="status">
      <Icon name={icon} />
      {children}
      {action}
    </div>
  );
}
