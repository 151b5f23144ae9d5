import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatRoute,
  isSameList,
  LANES,
  parseRoute,
  PERSONAL_VIEWS,
  SORTS,
  VIEWS,
  type WorkspaceRoute,
} from "./workspace_route.ts";

const at = (path: string) => new URL(path, "http://parley.example");

Deno.test("parseRoute() reads list, conversation, sort and pane", () => {
  assert.deepEqual(parseRoute(at("/inbox/inb_1/mine/cnv_2?sort=waiting&pane=side")), {
    scope: "inb_1",
    view: "mine",
    sort: "waiting",
    conversationId: "cnv_2",
    pane: "side",
  });
});

Deno.test("parseRoute() refuses addresses that are not a list", () => {
  const paths = ["/", "/inbox", "/inbox/all", "/inbox/all/spams", "/settings", "/inbox/a/open/c/d"];

  for (const path of paths) assert.equal(parseRoute(at(path)), null, path);
});

Deno.test("parseRoute() falls back to newest for a sort it does not know, and survives bad escapes", () => {
  assert.equal(parseRoute(at("/inbox/all/open?sort=random&pane=attic"))?.sort, "newest");
  assert.equal(parseRoute(at("/inbox/all/open?pane=attic"))?.pane, null);
  assert.equal(parseRoute(at("/inbox/%E0%A4%A/open"))?.scope, "%E0%A4%A");
});

Deno.test("formatRoute() is the inverse of parseRoute()", () => {
  const id = fc.string({ minLength: 1 }).filter((text) => text !== "." && text !== "..");
  const route: fc.Arbitrary<WorkspaceRoute> = fc.record({
    scope: id,
    view: fc.constantFrom(...VIEWS, ...PERSONAL_VIEWS, "viw_1" as const),
    sort: fc.constantFrom(...SORTS),
    conversationId: fc.option(id),
    pane: fc.option(fc.constantFrom("views" as const, "side" as const)),
    lane: fc.constantFrom(...LANES),
    channelId: id,
    channelType: id,
    only: fc.constantFrom("mine" as const, "unread" as const),
  }, { noNullPrototype: true, requiredKeys: ["scope", "view", "sort", "conversationId", "pane"] });

  fc.assert(fc.property(route, (value) => {
    assert.deepEqual(parseRoute(at(formatRoute(value))), value);
  }));
});

Deno.test("parseRoute() reads a filter of the view of that name only", () => {
  const filter = JSON.stringify({ all: [{ field: "tag", is: "any", value: ["a&b=c"] }] });
  const route = { ...parseRoute(at("/inbox/all/filter"))!, filter };

  assert.deepEqual(parseRoute(at(formatRoute(route))), route);
  assert.equal(parseRoute(at("/inbox/all/open?filter=x"))?.filter, undefined);
  assert.equal(parseRoute(at("/inbox/all/viw_")), null);
});

Deno.test("isSameList() ignores what is open in the list", () => {
  const list = parseRoute(at("/inbox/all/open"))!;

  const elsewhere = { ...list, conversationId: "cnv_1", pane: "side" as const };
  assert.equal(isSameList(list, elsewhere), true);
  assert.equal(isSameList(list, { ...list, sort: "oldest" }), false);
  assert.equal(isSameList(list, { ...list, scope: "inb_1" }), false);
  assert.equal(isSameList(list, { ...list, lane: "marketing" }), false);
  assert.equal(isSameList(list, { ...list, only: "mine" }), false);
  assert.equal(isSameList(list, { ...list, only: undefined }), true);
});
