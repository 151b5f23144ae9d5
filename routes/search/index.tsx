import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import Search from "@/islands/Search.tsx";
import type { SearchData } from "@/islands/(_client)/search/search_data.ts";
import { parseSearch } from "@/islands/(_client)/search/search_model.ts";
import { define, type State } from "../(_shared)/define.ts";
import { readPreferences } from "../(_shared)/read_preferences.ts";
import { searchPageView } from "../(_shared)/search_view.ts";
import { railUser, userOf } from "../settings/(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.url, ctx.req));
  },
});

async function pageData(state: State, url: URL, req: Request): Promise<SearchData> {
  const { core } = state;
  const principal = userOf(state);
  const route = parseSearch(url);
  const { timeZone } = readPreferences(req);
  const startedAt = performance.now();
  const found = route.q.trim() === "" ? null : await core.search.find(principal, {
    q: route.q,
    timeZone,
    cursor: url.searchParams.get("cursor") ?? undefined,
  }, req.signal);
  const tookMs = performance.now() - startedAt;
  // Only a cursor can be wrong: words never are.
  if (found !== null && !found.ok) throw new HttpError(400, "This search has no such page");
  const [me, users, tags, channels, inboxes] = await Promise.all([
    railUser(state),
    core.access.users(principal),
    core.tags.list(principal),
    core.channels.list(principal),
    core.inboxes.list(principal),
  ]);
  const people = users.ok ? users.value : [];
  const named = <T extends { readonly name: string }>(
    list: { readonly ok: true; readonly value: readonly T[] } | { readonly ok: false },
  ) => list.ok ? list.value.map(({ name }) => name) : [];
  return {
    me,
    clock: { now: state.t0, timeZone },
    route,
    found: found === null ? null : { ...searchPageView(found.value), tookMs },
    people: await Promise.all(people.map(async ({ id, name, avatarAttachmentId }) => ({
      id,
      name,
      avatarUrl: avatarAttachmentId === null
        ? null
        : await core.attachments.sign(avatarAttachmentId),
    }))),
    names: {
      people: people.map(({ name }) => name),
      tags: tags.map(({ name }) => name),
      channels: named(channels),
      inboxes: named(inboxes),
    },
  };
}

/** Conversations and contacts by words and filters. */
export default define.page<typeof handler>(function SearchPage({ data }) {
  return (
    <>
      <Head>
        <title>Search · Parley</title>
      </Head>
      <Search data={data} />
    </>
  );
});
