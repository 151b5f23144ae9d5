import assert from "node:assert/strict";
import fc from "fast-check";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import type { Principal } from "../mod.ts";
import type { ViewFilter } from "../model/view_filter.ts";
import { placeView } from "./place_view.ts";

const FILTER: ViewFilter = { all: [{ field: "tag", is: "any", value: ["vip"] }] };
const EVERYONE = { kind: "everyone" } as const;

async function openViews() {
  const inbox = await openTestInbox();
  const { agent } = inbox;
  const other: Principal = { ...agent, user: { ...agent.user, id: "usr_other", name: "Jonas" } };
  const viewer: Principal = { ...agent, user: { ...agent.user, id: "usr_viewer", role: "viewer" } };
  const root: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
  const namesOf = async (who: Principal) =>
    (await inbox.core.views.list(who)).map(({ name }) => name);
  return { inbox, views: inbox.core.views, agent, other, viewer, root, namesOf };
}

function codeOf(result: { readonly ok: boolean; readonly error?: { readonly code: string } }) {
  return result.ok ? "ok" : result.error?.code;
}

Deno.test("create() keeps a view for its owner unless it is shared", async () => {
  const { inbox, views, agent, other, namesOf } = await openViews();
  await using _ = inbox;

  const own = valueOf(await views.create(agent, { name: "  Mine  ", filter: FILTER }));
  valueOf(await views.create(agent, { name: "Ours", filter: FILTER, sharing: EVERYONE }));

  assert.deepEqual(await namesOf(agent), ["Mine", "Ours"]);
  assert.deepEqual(await namesOf(other), ["Ours"]);
  assert.equal(codeOf(await views.get(other, own.id)), "not_found");
  assert.equal(codeOf(await views.update(other, own.id, { name: "x" })), "not_found");
});

Deno.test("create() refuses what the caller may not share, and a filter that is none", async () => {
  const { inbox, views, agent, viewer, root } = await openViews();
  await using _ = inbox;
  const shared = { name: "x", filter: FILTER, sharing: EVERYONE };

  assert.equal(codeOf(await views.create(viewer, shared)), "forbidden");
  assert.equal(codeOf(await views.create(viewer, { name: "x", filter: FILTER })), "ok");
  const toTeam = { ...shared, sharing: { kind: "team", teamId: "tem_none" } as const };
  assert.equal(codeOf(await views.create(agent, toTeam)), "forbidden");
  const asToken = { ...shared, sharing: { kind: "private" } as const };
  assert.equal(codeOf(await views.create(root, asToken)), "invalid");
  assert.equal(codeOf(await views.create(agent, { name: " ", filter: FILTER })), "invalid");
  assert.equal(codeOf(await views.create(agent, { name: "x", filter: { all: [] } })), "invalid");
});

Deno.test("create() shares with a team of the caller's, and its members see it", async () => {
  const { inbox, views, agent, other, root, namesOf } = await openViews();
  await using _ = inbox;
  const made = { name: "Workshop", memberIds: [agent.user.id] };
  const team = valueOf(await inbox.core.teams.create(root, made));
  const sharing = { kind: "team", teamId: team.id } as const;

  valueOf(await views.create(root, { name: "For the team", filter: FILTER, sharing }));
  assert.equal(codeOf(await views.create(agent, { name: "x", filter: FILTER, sharing })), "ok");
  assert.equal(
    codeOf(await views.create(other, { name: "y", filter: FILTER, sharing })),
    "forbidden",
  );

  assert.deepEqual(await namesOf(agent), ["For the team", "x"]);
  assert.deepEqual(await namesOf(other), []);
  valueOf(await inbox.core.teams.remove(root, team.id));
  assert.deepEqual(await namesOf(agent), ["x"]);
  assert.deepEqual(await namesOf(root), ["For the team", "x"]);
});

Deno.test("update() and remove() are for the owner and for managers", async () => {
  const { inbox, views, agent, other, root, namesOf } = await openViews();
  await using _ = inbox;
  const { id } = valueOf(
    await views.create(agent, { name: "Ours", filter: FILTER, sharing: EVERYONE }),
  );

  assert.equal(codeOf(await views.update(other, id, { name: "Theirs" })), "forbidden");
  assert.equal(codeOf(await views.remove(other, id)), "forbidden");
  const manager: Principal = { ...agent, user: { ...agent.user, id: "usr_boss", role: "admin" } };
  for (const boss of [root, manager]) {
    const taken = await views.update(boss, id, { sharing: { kind: "private" } });
    assert.equal(codeOf(taken), "forbidden");
  }
  assert.equal(codeOf(await views.update(root, id, { name: "Renamed", sort: "oldest" })), "ok");
  assert.deepEqual(await namesOf(agent), ["Renamed"]);
  assert.equal(codeOf(await views.remove(agent, id)), "ok");
  assert.deepEqual(await namesOf(agent), []);
  assert.equal(codeOf(await views.remove(agent, id)), "not_found");
});

Deno.test("update() moves a view behind another, however often", async () => {
  const { inbox, views, agent, namesOf } = await openViews();
  await using _ = inbox;
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) {
    ids.push(valueOf(await views.create(agent, { name, filter: FILTER })).id);
  }
  const [a = "", b = "", c = ""] = ids;

  valueOf(await views.update(agent, c, { afterId: null }));
  assert.deepEqual(await namesOf(agent), ["c", "a", "b"]);
  // Places between two neighbours halve, until all are numbered anew.
  for (let i = 0; i < 40; i++) {
    valueOf(await views.update(agent, a, { afterId: c }));
    valueOf(await views.update(agent, b, { afterId: c }));
    assert.deepEqual(await namesOf(agent), ["c", "b", "a"]);
  }

  assert.equal(codeOf(await views.update(agent, a, { afterId: "viw_none" })), "invalid");
  assert.equal(codeOf(await views.update(agent, a, { afterId: a })), "invalid");
});

Deno.test("twenty views made at once all stand in an order", async () => {
  const { inbox, views, agent } = await openViews();
  await using _ = inbox;

  await Promise.all(
    Array.from({ length: 20 }, (_, n) => views.create(agent, { name: `v${n}`, filter: FILTER })),
  );

  const positions = (await views.list(agent)).map(({ position }) => position);
  assert.equal(new Set(positions).size, 20);
});

Deno.test("placeView() puts a view where it was asked to, whatever the positions are", () => {
  const places = fc.uniqueArray(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { maxLength: 8 });
  fc.assert(fc.property(places, fc.nat(8), (positions, n) => {
    const others = positions.toSorted((a, b) => a - b)
      .map((position, i) => ({ id: `viw_${i}`, position }));
    const afterId = others[n % (others.length + 1) - 1]?.id ?? null;

    const placed = placeView("new", afterId, others) ?? [];

    assert.equal(placed.at(-1)?.id, "new");
    const now = new Map([...others, ...placed].map(({ id, position }) => [id, position]));
    const order = [...now].sort((a, b) => a[1] - b[1]).map(([id]) => id);
    const expected = others.map(({ id }) => id);
    expected.splice(afterId === null ? 0 : expected.indexOf(afterId) + 1, 0, "new");
    assert.deepEqual(order, expected);
    assert.equal(new Set(now.values()).size, now.size);
  }));
});
