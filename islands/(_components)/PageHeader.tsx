import type { ComponentChildren } from "preact";
import type { IconName } from "./icon_names.ts";
import { Icon } from "./Icon.tsx";

export interface PageHeaderProps {
  readonly title: string;
  /** One sentence: what this page is for. */
  readonly lead?: ComponentChildren | undefined;
  /** A tinted tile before the title; `role` is a channel's colour role. */
  readonly tile?: { readonly icon: IconName; readonly role: string } | undefined;
  /** One primary button, or a status. */
  readonly actions?: ComponentChildren | undefined;
}

/** The head of a page beside the rail. */
export function PageHeader({ title, lead, tile, actions }: PageHeaderProps) {
  return (
    <header class="page-head">
      <div>
        <h1>
          {tile && (
            <span class="channel-tile" data-channel={tile.role}>
              <Icon name={tile.icon} />
            </span>
          )}
          {title}
        </h1>
        {lead && <p>{lead}</p>}
      </div>
      {actions}
    </header>
  );
}
