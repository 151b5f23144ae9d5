import { Badge } from "./Badge.tsx";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export type SettingsPlace =
  | "profile"
  | "users"
  | "inboxes"
  | "channels"
  | "apps"
  | "views"
  | "snippets"
  | "macros"
  | "tags"
  | "tokens"
  | "journal";

interface Place {
  readonly id: SettingsPlace;
  readonly icon: IconName;
  readonly label: string;
}

export const SETTINGS_GROUPS: readonly {
  readonly title: string;
  readonly places: readonly Place[];
}[] = [
  { title: "You", places: [{ id: "profile", icon: "user", label: "Profile" }] },
  {
    title: "Workspace",
    places: [
      { id: "users", icon: "contacts", label: "Team" },
      { id: "inboxes", icon: "inbox", label: "Inboxes" },
    ],
  },
  {
    title: "Messages",
    places: [
      { id: "channels", icon: "plug", label: "Channels" },
      { id: "apps", icon: "key", label: "Apps" },
      { id: "views", icon: "star", label: "Views" },
      { id: "snippets", icon: "snippet", label: "Snippets" },
      { id: "macros", icon: "zap", label: "Macros" },
      { id: "tags", icon: "tag", label: "Tags" },
    ],
  },
  {
    title: "System",
    places: [
      { id: "tokens", icon: "shield", label: "API tokens" },
      { id: "journal", icon: "list", label: "Journal" },
    ],
  },
];

export interface SettingsNavProps {
  readonly current: SettingsPlace | null;
  /** Places the user may open; the others are not shown. */
  readonly places: readonly SettingsPlace[];
  /** Channels that do not work. */
  readonly brokenChannels?: number | undefined;
}

/** The list of settings pages beside the rail. */
export function SettingsNav({ current, places, brokenChannels = 0 }: SettingsNavProps) {
  return (
    <aside class="views" aria-label="Settings">
      <header class="bar">
        <a class="button settings-back" data-kind="ghost" href="/inbox">
          <Icon name="left" />Settings
        </a>
      </header>
      <nav class="views-scroll" aria-label="Settings">
        {SETTINGS_GROUPS.map(({ title, places: all }) => {
          const shown = all.filter(({ id }) => places.includes(id));
          if (shown.length === 0) return null;
          return (
            <div class="view-group" key={title}>
              <h2 class="view-head">{title}</h2>
              {shown.map(({ id, icon, label }) => (
                <a
                  key={id}
                  class="view"
                  href={`/settings/${id}`}
                  aria-current={id === current ? "page" : undefined}
                >
                  <Icon name={icon} />
                  <span class="truncate">{label}</span>
                  {id === "channels" && brokenChannels > 0 && (
                    <Badge
                      count={brokenChannels}
                      kind="danger-soft"
                      label={`${brokenChannels} not working`}
                    />
                  )}
                </a>
              ))}
            </div>
          );
        })}
      </nav>
    </aside>
  );
}
