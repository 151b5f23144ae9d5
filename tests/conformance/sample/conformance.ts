/** What the conformance kit needs to know of Sample. */
import { hmacHex, type InboundEvent } from "../../../core/channel/mod.ts";
import type { Fixture } from "../mod.ts";

const config = { key: "key-1234567890", webhookSecret: "whs-1234567890" };

export const fixture: Fixture = {
  url: import.meta.url,
  config,
  webhook: {
    contentType: "application/json",
    proof: "x-sample-signature",
    async sign(body) {
      return { "x-sample-signature": `sha256=${await hmacHex(config.webhookSecret, body)}` };
    },
    deliveries: [
      {
        name: "two customers write",
        body: JSON.stringify({
          events: [
            message("m1", { id: "u1", name: "Ana" }, "Hello"),
            message("m2", { id: "u2", name: "Ben" }, "Good morning 👋"),
          ],
        }),
        events: [
          received("m1", { id: "u1", name: "Ana" }, "Hello"),
          received("m2", { id: "u2", name: "Ben" }, "Good morning 👋"),
        ],
      },
      {
        name: "a message was delivered",
        body: '{"events":[{"type":"delivered","id":"d1","at":1772452800,"message":"p1"}]}',
        events: [{
          type: "status",
          externalId: "d1",
          occurredAt: 1_772_452_800_000,
          status: "delivered",
          target: { by: "external", messageExternalId: "p1" },
        }],
      },
    ],
    unknown: '{"events":[{"type":"moon_phase","id":"x1"}]}',
  },
  provider: {
    success: { body: '{"id":"p1"}' },
    externalId: "p1",
    textIn: ({ body }) => JSON.parse(body).text,
    refusals: [
      { name: "a text it does not take", status: 422, body: "{}", code: "rejected" },
      { name: "no such key", status: 401, body: "{}", code: "unauthorized" },
    ],
  },
};

interface Person {
  readonly id: string;
  readonly name: string;
}

function message(id: string, from: Person, text: string) {
  return { type: "message", id, at: 1_772_452_800, from, text };
}

function received(externalId: string, { id, name }: Person, text: string): InboundEvent {
  return {
    type: "message",
    externalId,
    occurredAt: 1_772_452_800_000,
    direction: "in",
    sender: { identities: [{ kind: "external", value: id, verified: true }], name },
    hints: [{ by: "thread", threadKey: id, how: "the customer's chat" }],
    parts: [{ kind: "text", text }],
  };
}
