/** What the conformance kit needs to know of the API channel: the program on the other side. */
import { type InboundEvent, signParley } from "../../core/channel/mod.ts";
import type { Fixture } from "../../tests/conformance/mod.ts";

const secret = "secret of the kit's own program";
const AT = Date.UTC(2026, 2, 2, 12);

const hello = message("m1", "u1", "Ana", "Hello, is my bike ready?");
const morning = message("m2", "u2", "Ben", "Good morning 👋");
const received: InboundEvent = {
  type: "status",
  externalId: "s1",
  occurredAt: AT,
  status: "delivered",
  target: { by: "external", messageExternalId: "p1" },
};

export const fixture: Fixture = {
  url: import.meta.url,
  config: {
    url: "https://program.example/parley",
    secret,
    previousSecret: "the one before it",
    quickReplies: 3,
    windowHours: 24,
    templatesUrl: "https://program.example/templates",
  },
  webhook: {
    contentType: "application/json",
    proof: "parley-signature",
    proofGoodForMs: 300_000,
    sign: async (body, at) => ({ "parley-signature": await signParley([secret], body, at) }),
    deliveries: [
      {
        name: "two customers write",
        body: JSON.stringify({ events: [hello, morning] }),
        events: [hello, morning],
      },
      {
        name: "a message was delivered",
        body: JSON.stringify({ events: [received] }),
        events: [received],
      },
    ],
    unknown: '{"events":[{"type":"moon_phase","externalId":"x1"}]}',
  },
  roundTrip: {
    question: JSON.stringify({ events: [hello] }),
    outsideReply: JSON.stringify({
      events: [{
        ...message("o1", "u1", "Ana", "It is."),
        direction: "echo_other",
        author: "Shop",
      }],
    }),
    receipts: {
      delivered: () => JSON.stringify({ events: [received] }),
      read(upTo) {
        const target = { by: "watermark", threadKey: "u1", upTo };
        return JSON.stringify({
          events: [{ type: "status", externalId: "s2", occurredAt: AT, status: "read", target }],
        });
      },
    },
  },
  media: {
    ref: "https://files.program.example/1.png",
    isDownload: () => true,
    renews: false,
  },
  provider: {
    success: { body: '{"externalId":"p1","status":"sent"}' },
    externalId: "p1",
    textIn: ({ body }) => JSON.parse(body).text,
    refusals: [
      refusal("a text it does not take", 422, { code: "rejected", message: "No links, please." }),
      refusal("a refusal with 200", 200, { code: "opted_out" }),
      refusal("a rate of its own", 503, { code: "rate_limited", retryAfterMs: 5_000 }),
      refusal("a window", 409, { code: "window_closed" }),
      {
        name: "a code nobody knows",
        status: 200,
        body: '{"error":{"code":"x"}}',
        code: "rejected",
      },
      { name: "no JSON at all", status: 200, body: "OK", code: "unavailable" },
      { name: "elsewhere", status: 302, body: "", code: "config" },
      { name: "nothing there", status: 404, body: "", code: "config" },
    ],
  },
};

/** Of a program that sends a message again when it comes again. */
const cautious: Fixture = { ...fixture, config: { ...fixture.config, dropsRepeated: false } };

export const others: Readonly<Record<string, Fixture>> = {
  "repeats are sent": {
    ...cautious,
    ...fixture.provider === undefined ? {} : {
      provider: {
        ...fixture.provider,
        refusals: [{ name: "no JSON", status: 200, body: "OK", code: "ambiguous" }],
      },
    },
  },
};

function message(externalId: string, threadKey: string, name: string, text: string): InboundEvent {
  return {
    type: "message",
    externalId,
    occurredAt: AT,
    direction: "in",
    sender: { identities: [{ kind: "external", value: threadKey, verified: true }], name },
    hints: [{ by: "thread", threadKey, how: "their chat" }],
    parts: [{ kind: "text", text }],
  };
}

function refusal(
  name: string,
  status: number,
  error:
    & { readonly code: "rejected" | "opted_out" | "rate_limited" | "window_closed" }
    & Record<string, unknown>,
) {
  return { name, status, body: JSON.stringify({ error }), code: error.code };
}
