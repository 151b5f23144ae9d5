import { page } from "fresh";
import { macroWords } from "@/islands/(_client)/workspace/snippets/macro_words.ts";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { define } from "../../(_shared)/define.ts";
import { readPreferences } from "../../(_shared)/read_preferences.ts";
import { macroView } from "../../(_shared)/snippet_views.ts";
import { holdsWords } from "../(_parts)/holds_words.ts";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";
import { sharingWords } from "../(_parts)/sharing_field.ts";
import { ShelfTable } from "../(_parts)/ShelfTable.tsx";

const BASE = "/settings/macros";

export const handler = define.handlers({
  async GET(ctx) {
    const { core } = ctx.state;
    const principal = userWho(ctx.state, "snippet.write");
    const query = (ctx.url.searchParams.get("q") ?? "").trim().slice(0, 100);
    const all = must(await core.macros.list(principal));
    const teams = must(await core.teams.list(principal));
    const people = must(await core.access.users(principal));
    const inboxes = must(await core.inboxes.list(principal));
    return page({
      frame: await settingsFrame(ctx.state),
      now: ctx.state.t0,
      query,
      rows: all.filter(({ name, folder, text }) => holdsWords([name, folder, text], query))
        .map((macro) => ({
          id: macro.id,
          name: macro.name,
          folder: macro.folder,
          words: macroWords(macroView(macro), { people, teams, inboxes }),
          sharedWith: sharingWords(macro.sharing, teams),
          usedCount: macro.usedCount,
          usedAt: macro.usedAt,
          isEditable: macro.isEditable,
        })),
    });
  },
});

export default define.page<typeof handler>(function Macros({ data, url, req }) {
  const { frame, rows, query, now } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Macros"
      current="macros"
      url={url}
      wide
      header={
        <PageHeader
          title="Macros"
          lead="Words and actions in one step. Press m on one conversation or on many."
          actions={
            <LinkButton kind="primary" size="large" icon="plus" href={`${BASE}/new`}>
              New macro
            </LinkButton>
          }
        />
      }
    >
      <ShelfTable
        base={BASE}
        noun="macro"
        rows={rows}
        query={query}
        clock={{ now, timeZone: readPreferences(req).timeZone }}
      />
    </SettingsPage>
  );
});
