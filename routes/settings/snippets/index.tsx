import { page } from "fresh";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { define } from "../../(_shared)/define.ts";
import { readPreferences } from "../../(_shared)/read_preferences.ts";
import { holdsWords } from "../(_parts)/holds_words.ts";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { sharingWords } from "../(_parts)/sharing_field.ts";
import { ShelfTable } from "../(_parts)/ShelfTable.tsx";

const BASE = "/settings/snippets";

export const handler = define.handlers({
  async GET(ctx) {
    const { core } = ctx.state;
    const principal = userWho(ctx.state, "snippet.write");
    const query = (ctx.url.searchParams.get("q") ?? "").trim().slice(0, 100);
    const all = must(await core.snippets.list(principal));
    const teams = must(await core.teams.list(principal));
    return page({
      frame: await settingsFrame(ctx.state),
      now: ctx.state.t0,
      query,
      rows: all
        .filter(({ name, shortcut, folder, text }) =>
          holdsWords([name, shortcut, folder, text], query)
        )
        .map(({ text, sharing, ...row }) => ({
          ...row,
          words: text.replace(/\s+/g, " ").slice(0, 200),
          sharedWith: sharingWords(sharing, teams),
        })),
    });
  },
});

export default define.page<typeof handler>(function Snippets({ data, url, req }) {
  const { frame, rows, query, now } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Snippets"
      current="snippets"
      url={url}
      wide
      header={
        <PageHeader
          title="Snippets"
          lead="Words you write often. Type / and the shortcut where you write."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href={`${BASE}/new`}>
              New snippet
            </LinkButton>
          }
        />
      }
    >
      <ShelfTable
        base={BASE}
        noun="snippet"
        rows={rows}
        query={query}
        clock={{ now, timeZone: readPreferences(req).timeZone }}
      />
    </SettingsPage>
  );
});
