import assert from "node:assert/strict";
import type { ApiMessage } from "../../../core/model/api.ts";
import { newsSince } from "./news_since.ts";
import { sampleMessage } from "./sample_records.ts";

const by = (kind: ApiMessage["kind"], name: string): ApiMessage => ({
  ...sampleMessage(1),
  kind,
  author: { type: kind === "inbound" ? "contact" : "user", id: `id_${name}`, name },
});

Deno.test("newsSince() names who wrote last since the author began, and how many messages came", () => {
  const thread = [
    by("inbound", "Giulia"),
    by("reply", "Ana"),
    by("event", "Ana"),
    by("comment", "Bo"),
  ];

  assert.deepEqual(newsSince({ version: 3 }, thread, 1, "id_me"), {
    name: "Bo",
    verb: "commented",
    count: 2,
  });
  assert.deepEqual(newsSince({ version: 3 }, thread, 2, "id_Ana")?.count, 1);
});

Deno.test("newsSince() is silent of one's own words, of nothing, and before anything is written", () => {
  const thread = [by("inbound", "Giulia"), by("reply", "Ana")];

  assert.equal(newsSince({ version: 2 }, thread, 1, "id_Ana"), null);
  assert.equal(newsSince({ version: 2 }, thread, 2, "id_me"), null);
  assert.equal(newsSince({ version: 2 }, thread, null, "id_me"), null);
});
