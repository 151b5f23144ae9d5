import { SETTINGS_GROUPS, type SettingsPlace } from "../../(_components)/SettingsNav.tsx";
import type { BarItem } from "./bar_page.ts";

/** The settings pages a person may open. */
export function settingsItems(
  places: readonly SettingsPlace[],
  go: (href: string) => void,
): readonly BarItem[] {
  return SETTINGS_GROUPS.flatMap(({ places: all }) => all)
    .filter(({ id }) => places.includes(id))
    .map(({ id, icon, label }) => ({
      id: `settings:${id}`,
      words: label,
      also: "settings",
      group: "Settings",
      icon,
      run: () => go(`/settings/${id}`),
    }));
}
