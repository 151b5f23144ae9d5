import assert from "node:assert/strict";
import { deliveryWords } from "./delivery_words.ts";
import { minute } from "./sample_records.ts";

Deno.test("deliveryWords() says when a scheduled reply leaves, and nothing of others", () => {
  const clock = { now: Date.parse(minute(0)), timeZone: "UTC" };

  assert.equal(
    deliveryWords({ status: "scheduled", sendAt: minute(300) }, clock),
    "Scheduled for 14:00",
  );
  assert.equal(deliveryWords({ status: "queued", sendAt: minute(1) }, clock), undefined);
  assert.equal(deliveryWords({ status: "scheduled" }, clock), undefined);
});
