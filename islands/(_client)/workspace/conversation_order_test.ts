import assert from "node:assert/strict";
import type { ApiConversation } from "../../../core/model/api.ts";
import { compareIn, isInList, type ListName } from "./conversation_order.ts";
import type { ListRules } from "./list_rules.ts";
import { minute, sampleConversation } from "./sample_records.ts";

const ME = "usr_me";
const RULES: ListRules = { me: ME, now: () => 0, savedFilter: () => null };
const name = (changes: Partial<ListName>): ListName => ({
  scope: "all",
  view: "open",
  sort: "newest",
  ...changes,
});

Deno.test("isInList() follows the fixed views", () => {
  const table: [changes: Partial<ApiConversation>, views: string[]][] = [
    [{}, ["unassigned", "open"]],
    [{ assigneeId: ME }, ["mine", "open"]],
    [{ assigneeId: "usr_other" }, ["open"]],
    [{ status: "closed", assigneeId: ME }, ["closed"]],
    [{ status: "spam" }, []],
  ];

  for (const [changes, views] of table) {
    const conversation = sampleConversation("a", changes);
    const found = (["unassigned", "mine", "open", "closed"] as const)
      .filter((view) => isInList(conversation, name({ view }), RULES));
    assert.deepEqual(found, views);
  }
});

Deno.test("isInList() keeps inboxes apart", () => {
  const conversation = sampleConversation("a", { inboxId: "inb_1" });

  assert.equal(isInList(conversation, name({ scope: "inb_1" }), RULES), true);
  assert.equal(isInList(conversation, name({ scope: "inb_2" }), RULES), false);
});

Deno.test("compareIn() sorts as the server does", () => {
  const a = sampleConversation("a", { lastMessageAt: minute(1), waitingSince: minute(5) });
  const b = sampleConversation("b", { lastMessageAt: minute(2), waitingSince: null });
  const c = sampleConversation("c", { lastMessageAt: minute(2), waitingSince: minute(3) });
  const ids = (changes: Partial<ListName>) =>
    [a, b, c].toSorted(compareIn(name(changes), RULES)).map(({ id }) => id).join("");

  assert.equal(ids({ sort: "newest" }), "bca");
  assert.equal(ids({ sort: "oldest" }), "abc");
  assert.equal(ids({ sort: "waiting" }), "cab");
});

Deno.test("compareIn() sorts what is closed by when it was closed", () => {
  const status = "closed" as const;
  const a = { ...sampleConversation("a"), status, lastMessageAt: minute(9), statusAt: minute(10) };
  const b = { ...sampleConversation("b"), status, lastMessageAt: minute(1), statusAt: minute(20) };

  assert.ok(compareIn(name({ view: "closed" }), RULES)(b, a) < 0);
});
