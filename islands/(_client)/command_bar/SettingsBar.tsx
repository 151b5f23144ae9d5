import { useMemo } from "preact/hooks";
import type { SettingsPlace } from "../../(_components)/SettingsNav.tsx";
import { after } from "../keys/after.ts";
import { type Api, createApi } from "../workspace/api.ts";
import { localStorageOrNull } from "../workspace/browser_model_ports.ts";
import { VIEW_WORDS } from "../workspace/view_words.ts";
import { FIRST_ROUTE, formatRoute, VIEWS } from "../workspace/workspace_route.ts";
import type { BarPage } from "./bar_page.ts";
import { CommandBar } from "./CommandBar.tsx";
import { findItems } from "./find_items.ts";
import { RecentItems } from "./recent_items.ts";
import { settingsItems } from "./settings_items.ts";

export interface SettingsBarProps {
  readonly userId: string;
  readonly places: readonly SettingsPlace[];
  readonly onClose: () => void;
}

/** The command bar on settings pages: it leads to places, conversations and people. */
export function SettingsBar({ userId, places, onClose }: SettingsBarProps) {
  const first = useMemo(() => goPage(createApi((...args) => fetch(...args)), places), []);
  const recent = useMemo(() => new RecentItems(localStorageOrNull(), userId), []);
  return (
    <CommandBar
      first={first}
      scope={null}
      onNextScope={null}
      recent={recent}
      onClose={onClose}
      after={after}
    />
  );
}

function goPage(api: Api, places: readonly SettingsPlace[]): BarPage {
  const go = (href: string) => location.assign(href);
  const show = (conversationId: string) => go(formatRoute({ ...FIRST_ROUTE, conversationId }));
  return {
    title: null,
    placeholder: "Type a place, a name or #number",
    items: () => [
      ...settingsItems(places, go),
      ...VIEWS.map((view) => ({
        id: `go:${view}`,
        words: VIEW_WORDS[view].title,
        also: view,
        group: "Go to",
        icon: VIEW_WORDS[view].icon,
        run: () => go(formatRoute({ ...FIRST_ROUTE, view })),
      })),
    ],
    find: (typed) =>
      findItems(typed, {
        api,
        onConversation: ({ id }) => show(id),
        async onContact({ id }) {
          const answer = await api.conversationsOfContact(id);
          const latest = answer.ok ? answer.value.items[0] : undefined;
          go(
            latest === undefined ? "/inbox" : formatRoute({
              ...FIRST_ROUTE,
              conversationId: latest.id,
            }),
          );
        },
      }),
  };
}
