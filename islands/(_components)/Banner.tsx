import type { ComponentChildren } from "preact";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

const ICONS = { info: "info", warn: "warning", danger: "alert", ok: "check" } as const;

export interface BannerProps {
  /** "quiet" is grey; "ok" is grey with a check. */
  readonly kind?: "info" | "warn" | "danger" | "ok" | undefined;
  readonly icon?: IconName | undefined;
  /** A box in a page instead of a line across a pane. */
  readonly boxed?: boolean | undefined;
  /** "status" is read out politely, "alert" at once. */
  readonly role?: "status" | "alert" | undefined;
  readonly children: ComponentChildren;
  readonly action?: ComponentChildren | undefined;
}

/** One line that concerns all below it. */
export function Banner({ kind, icon, boxed, role, children, action }: BannerProps) {
  return (
    <div
      class="banner"
      data-kind={kind === "ok" ? undefined : kind}
      data-boxed={flag(boxed)}
      role={role}
    >
      <Icon name={icon ?? (kind === undefined ? "info" : ICONS[kind])} />
      <span>{children}</span>
      {action}
    </div>
  );
}
