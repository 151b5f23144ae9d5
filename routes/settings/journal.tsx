import { page } from "fresh";
import { Button } from "@/islands/(_components)/Button.tsx";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { InboxArt } from "@/islands/(_components)/InboxArt.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { Time } from "@/islands/(_components)/Time.tsx";
import { define, type State } from "../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../(_shared)/form_problem.ts";
import { formText, readForm } from "../(_shared)/read_form.ts";
import { type Clock, readPreferences } from "../(_shared)/read_preferences.ts";
import { must } from "./(_parts)/must.ts";
import { SettingsPage } from "./(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "./(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, null));
  },

  async POST(ctx) {
    const principal = userWho(ctx.state, "journal.read");
    const form = await readForm(ctx.req);
    const replayed = form.ok
      ? await ctx.state.core.inbound.replay(principal, formText(form.value, "id"))
      : form;
    if (replayed.ok) return ctx.redirect("/settings/journal?done=replayed", 303);
    const problem = formProblem(replayed.error, {});
    return page(await pageData(ctx.state, problem), { status: problem.status });
  },
});

async function pageData(state: State, problem: FormProblem | null) {
  const { core } = state;
  const principal = userWho(state, "journal.read");
  const channels = must(await core.channels.list(principal));
  const failed = must(await core.inbound.failed(principal, { limit: 100 }));
  return {
    frame: await settingsFrame(state),
    now: state.t0,
    problem,
    entries: failed.map(({ id, channelId, receivedAt, error, attempts }) => {
      const channel = channels.find((one) => one.id === channelId);
      return {
        id,
        receivedAt,
        error: error ?? "",
        attempts,
        channelName: channel?.name ?? "A removed channel",
        channelType: channel?.type ?? "",
      };
    }),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Journal({ data, url, req }) {
  const { frame, entries, problem } = data;
  const clock = { now: data.now, timeZone: readPreferences(req).timeZone };
  return (
    <SettingsPage
      frame={frame}
      title="Journal"
      current="journal"
      url={url}
      wide
      problem={problem?.message}
      header={
        <PageHeader
          title="Journal"
          lead="What came in and could not be read. It is kept as it came, and can be read again."
        />
      }
    >
      <div class="box">
        {entries.length === 0
          ? (
            <EmptyState art={<InboxArt />} title="Everything was read">
              Deliveries that fail wait here with their error until they work.
            </EmptyState>
          )
          : <JournalTable entries={entries} clock={clock} />}
      </div>
    </SettingsPage>
  );
});

function JournalTable({ entries, clock }: Pick<PageData, "entries"> & { readonly clock: Clock }) {
  return (
    <table class="table" data-stack>
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col">Error</th>
          <th scope="col" class="num hide-s">Tries</th>
          <th scope="col" class="num">Came</th>
          <th scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, channelName, channelType, error, attempts, receivedAt }) => {
          const look = channelLook(channelType);
          return (
            <tr key={id}>
              <td>
                <div class="cell">
                  <span class="channel-tile" data-channel={look.role}>
                    <Icon name={look.icon} />
                  </span>
                  <span class="truncate">
                    <b class="strong">{channelName}</b>
                    <small class="meta truncate">{id}</small>
                  </span>
                </div>
              </td>
              <td>{error}</td>
              <td class="num hide-s">{attempts}</td>
              <td class="num">
                <Time at={receivedAt} {...clock} />
              </td>
              <td class="act">
                <form method="post" action="/settings/journal">
                  <input type="hidden" name="id" value={id} />
                  <Button size="small" type="submit" icon="refresh">
                    Read again<span class="sr">{channelName}</span>
                  </Button>
                </form>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
