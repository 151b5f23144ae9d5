import assert from "node:assert/strict";
import type { ApiMessage } from "../../../core/model/api.ts";
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

Deno.test("deliveryWords() says when an answer nobody has read goes by email, until it does", () => {
  const clock = { now: Date.parse(minute(0)), timeZone: "UTC" };
  const words = (status: ApiMessage["status"], mailAt = minute(10)) =>
    deliveryWords({ status, mailAt }, clock);

  assert.equal(words("sent"), "Sent, by email at 09:10 unless read");
  assert.equal(words("delivered"), "Delivered, by email at 09:10 unless read");
  assert.equal(words("read"), undefined);
  assert.equal(words("failed"), undefined);
  assert.equal(words("sent", minute(0)), undefined);
});

Deno.test("deliveryWords() says why a reply that was tried waits", () => {
  const clock = { now: Date.parse(minute(0)), timeZone: "UTC" };
  const error = { code: "signed_out", message: "Google no longer accepts the sign-in." };

  assert.equal(
    deliveryWords({ status: "queued", error }, clock),
    "Waits: Google no longer accepts the sign-in.",
  );
  assert.equal(deliveryWords({ status: "sending", error }, clock), undefined);
  const offline = { code: "offline", message: "for a connection" };
  assert.equal(
    deliveryWords({ status: "queued", error: offline }, clock),
    "Waits for a connection",
  );
});
