import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface SideItemProps {
  readonly href: string;
  readonly icon: IconName;
  /** A channel's colour role for the icon. */
  readonly role?: string | undefined;
  readonly title: string;
  readonly text?: string | undefined;
  /** A time or a picture. */
  readonly end?: ComponentChildren | undefined;
}

/** A line of the sidebar that leads elsewhere: a past conversation, a ticket. */
export function SideItem({ href, icon, role, title, text, end }: SideItemProps) {
  return (
    <a class="side-item" href={href} data-channel={role}>
      <Icon name={icon} />
      <span class="truncate" title={title}>
        {title}
        {text && <small>{text}</small>}
      </span>
      {end && <span class="end">{end}</span>}
    </a>
  );
}
