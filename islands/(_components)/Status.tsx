import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface StatusProps {
  readonly icon: IconName;
  /** Red and amber only where something failed or is near; none is grey. */
  readonly state?: "ok" | "warn" | "failed" | "open" | undefined;
  readonly children: ComponentChildren;
}

/** How something is: an icon and a word, never a colour alone. */
export function Status({ icon, state, children }: StatusProps) {
  return (
    <span class="status" data-state={state}>
      <Icon name={icon} size={14} />
      {children}
    </span>
  );
}
