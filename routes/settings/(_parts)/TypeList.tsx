import type { ChannelLook } from "@/islands/(_components)/channel_look.ts";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import type { IconName } from "@/islands/(_components)/icon_names.ts";

export interface TypeListProps {
  /** What they are kinds of, for screen readers. */
  readonly label: string;
  readonly types: readonly {
    readonly href: string;
    readonly icon: IconName;
    readonly role: ChannelLook["role"];
    readonly title: string;
    readonly description: string;
  }[];
}

/** Kinds of something that can be added, each with a page of its own. */
export function TypeList({ label, types }: TypeListProps) {
  return (
    <nav class="box type-list" aria-label={label}>
      {types.map(({ href, icon, role, title, description }) => (
        <a key={href} class="box-row" href={href}>
          <span class="channel-tile" data-channel={role}>
            <Icon name={icon} />
          </span>
          <span class="grow">
            <b>{title}</b>
            <small>{description}</small>
          </span>
          <Icon name="right" />
        </a>
      ))}
    </nav>
  );
}
