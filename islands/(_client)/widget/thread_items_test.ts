import assert from "node:assert/strict";
import type { VisitorMessageJson } from "@/core/model/visitor_api.ts";
import { threadItems } from "./thread_items.ts";

function message(id: string, time: string, fields: Partial<VisitorMessageJson> = {}) {
  return {
    id,
    conversationId: "cnv_1",
    author: { type: "visitor", name: "Visitor", avatarUrl: null },
    text: id,
    attachments: [],
    status: "received",
    createdAt: `2026-03-${time}:00.000Z`,
    ...fields,
  } satisfies VisitorMessageJson;
}
const by = (name: string) => ({ author: { type: "agent", name, avatarUrl: null } }) as const;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function draw(messages: readonly VisitorMessageJson[]): readonly string[] {
  return threadItems({ messages, outgoing: [], uploads: [], dayOf }).map((item) => {
    if (item.kind === "day") return item.key;
    if (item.kind !== "run") return item.kind;
    const ids = item.messages.map(({ id }) => id).join("+");
    return `${item.author.name}: ${ids}${item.status ? ` (${item.status})` : ""}`;
  });
}

Deno.test("threadItems() puts one person's messages of five minutes together, by day", () => {
  assert.deepEqual(
    draw([
      message("a", "02T09:00"),
      message("b", "02T09:04"),
      message("c", "02T09:30"),
      message("d", "02T09:31", by("Ada")),
      message("e", "02T09:32", by("Bo")),
      message("f", "03T00:01", by("Bo")),
    ]),
    [
      "day 2026-03-02",
      "Visitor: a+b",
      "Visitor: c (read)",
      "Ada: d",
      "Bo: e",
      "day 2026-03-03",
      "Bo: f",
    ],
  );
});

Deno.test("threadItems() says how far the team has read once, and that the newest has arrived", () => {
  const read = { status: "read" } as const;
  assert.deepEqual(
    draw([
      message("a", "02T09:00", read),
      message("b", "02T09:01", read),
      message("c", "02T09:02"),
    ]),
    ["day 2026-03-02", "Visitor: a+b (read)", "Visitor: c (sent)"],
  );
  assert.deepEqual(draw([message("a", "02T09:00", read)]), ["day 2026-03-02", "Visitor: a (read)"]);
  assert.deepEqual(draw([message("a", "02T09:00"), message("b", "02T09:01", by("Ada"))]), [
    "day 2026-03-02",
    "Visitor: a (read)",
    "Ada: b",
  ], "an answer was written by somebody who had read");
  assert.deepEqual(draw([]), []);
});
