import type { ComponentChildren } from "preact";
import { AppRail } from "./AppRail.tsx";
import { Icon } from "./Icon.tsx";
import { flag } from "./flag.ts";
import { RailMe, type RailMeProps } from "./RailMe.tsx";
import { SettingsNav, type SettingsPlace } from "./SettingsNav.tsx";

export interface SettingsShellProps extends RailMeProps {
  /** What the page is called, for screen readers. */
  readonly title: string;
  readonly current: SettingsPlace;
  readonly places: readonly SettingsPlace[];
  readonly brokenChannels?: number | undefined;
  /** On a phone the list of settings is a page of its own: "views" shows it, "page" the page. */
  readonly pane?: "views" | "page" | undefined;
  /** 1120 instead of 920. */
  readonly wide?: boolean | undefined;
  /** A save bar below the page. */
  readonly foot?: ComponentChildren | undefined;
  readonly children: ComponentChildren;
}

/** Rail, list of settings, and one page of them. */
export function SettingsShell(props: SettingsShellProps) {
  const { title, current, places, brokenChannels, pane = "page", wide, foot, children, user } =
    props;
  return (
    <div class="app">
      <div class="page-panes" data-pane={pane}>
        <AppRail current="settings" me={<RailMe user={user} />} />
        <SettingsNav current={current} places={places} brokenChannels={brokenChannels} />
        <main class="pane" aria-label={title}>
          <div class="pane-scroll">
            <div class="page" data-wide={flag(wide)}>
              <a class="button views-opener settings-all" data-kind="ghost" href="/settings">
                <Icon name="left" />All settings
              </a>
              {children}
            </div>
          </div>
          {foot}
        </main>
      </div>
    </div>
  );
}
