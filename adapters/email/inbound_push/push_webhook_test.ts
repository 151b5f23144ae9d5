import assert from "node:assert/strict";
import fc from "fast-check";
import { InboundEvent } from "../../../core/channel/mod.ts";
import { fakeIo } from "../fake_channel.ts";
import { basic, eventsIn, form, pushChannel, SECRET, verifyPosted } from "./push_fixtures.ts";

const PROVIDERS = ["raw", "mailgun", "sendgrid", "postmark", "ses", "cloudflare"] as const;
const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b",
  "multipart/form-data; boundary",
  "text/plain; charset=UTF-8",
  "",
];
/** Names that mean something to one of them, so that their values are looked at. */
const NAMES = [
  ...["timestamp", "token", "signature", "body-mime", "body-html", "message-headers", "envelope"],
  ...["content-id-map", "headers", "charsets", "attachment-info", "from", "text", "attachment1"],
];
const KEYS = [
  ...["MessageID", "Headers", "FromFull", "Attachments", "RecordType", "Type", "Message"],
  ...["event-data", "signature", "TopicArn", "Timestamp", "Signature", "notificationType", "mail"],
];

const json = fc.jsonValue({ maxDepth: 3 });
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
  fc.oneof(json, fc.dictionary(fc.constantFrom(...KEYS), json))
    .map((value) => new TextEncoder().encode(JSON.stringify(value))),
  fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      value: fc.oneof(fc.string(), json.map((value) => JSON.stringify(value))),
    }),
    { maxLength: 8 },
  ).map((fields) => form(fields, "b").body),
);

Deno.test("no provider takes a delivery without its proof, and none throws at what strangers send", async () => {
  const io = fakeIo({ fetch: () => Promise.resolve(new Response("no", { status: 404 })) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PROVIDERS),
      fc.constantFrom(...TYPES),
      bodies,
      async (provider, type, body) => {
        const verdict = await verifyPosted(
          { headers: { "content-type": type }, body },
          pushChannel(provider),
          io,
        );
        assert.equal(verdict.ok, false);
      },
    ),
    { numRuns: 600 },
  );
});

Deno.test("whatever a delivery holds becomes events of the contract, the same each time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PROVIDERS),
      fc.constantFrom(...TYPES),
      bodies,
      async (provider, type, body) => {
        const posted = { headers: { "content-type": type, ...basic(SECRET) }, body };
        const events = await eventsIn(posted, pushChannel(provider));
        assert.equal(events.length, 1);
        for (const event of events) InboundEvent.parse(event);
        assert.deepEqual(await eventsIn(posted, pushChannel(provider)), events);
      },
    ),
    { numRuns: 600 },
  );
});
