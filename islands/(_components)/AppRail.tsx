import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

/** The places the rail leads to; grows with the app. */
export type RailPlace = "inbox" | "settings";

const PLACES: readonly { id: RailPlace; href: string; icon: IconName; label: string }[] = [
  { id: "inbox", href: "/inbox", icon: "inbox", label: "Inbox" },
];

const SETTINGS = { id: "settings", href: "/settings", icon: "sliders", label: "Settings" } as const;

export interface AppRailProps {
  readonly current: RailPlace | null;
  /** The user's own picture and menu, at the foot. */
  readonly me: ComponentChildren;
}

/** The narrow bar of places at the left, a tab bar on a phone. */
export function AppRail({ current, me }: AppRailProps) {
  return (
    <nav class="rail" aria-label="Main">
      <a class="rail-logo" href="/" aria-label="Parley">
        <Icon name="logo" size={28} />
      </a>
      {PLACES.map((place) => <RailItem key={place.id} {...place} current={place.id === current} />)}
      <span class="spacer" />
      <RailItem {...SETTINGS} current={current === "settings"} />
      {me}
    </nav>
  );
}

function RailItem({ href, icon, label, current }: {
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  readonly current: boolean;
}) {
  return (
    <a class="rail-item" href={href} title={label} aria-current={current ? "page" : undefined}>
      <Icon name={icon} size={20} />
      <span class="rail-label">{label}</span>
    </a>
  );
}
