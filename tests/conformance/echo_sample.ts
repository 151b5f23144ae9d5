/** Sample with a provider that tells more: echoes of messages to customers, and how far they read. */
import { z } from "zod";
import { type AnyAdapter, type InboundEvent, sha256Hex } from "../../core/channel/mod.ts";
import type { Fixture } from "./mod.ts";
import { fixture as plain } from "./sample/conformance.ts";
import { sample } from "./sample/mod.ts";

const Told = z.object({
  events: z.tuple([
    z.discriminatedUnion("type", [
      z.object({
        type: z.literal("echo"),
        id: z.string(),
        at: z.number(),
        to: z.string(),
        text: z.string(),
        /** The idempotency key of the request; of other apps none. */
        key: z.string().optional(),
      }),
      z.object({ type: z.literal("read"), by: z.string(), upTo: z.number() }),
    ]),
  ]),
});

/** Makes something else of what Sample's provider tells. */
export type Change = (event: InboundEvent, body: Uint8Array<ArrayBuffer>) => Promise<InboundEvent>;

export function echoSample(change: Change = (event) => Promise.resolve(event)): AnyAdapter {
  const { webhook } = sample;
  if (webhook === undefined) throw new Error("Sample has no webhook");
  return {
    ...sample,
    capabilities: { ...sample.capabilities, echo: true, receipts: { delivered: true, read: true } },
    webhook: {
      ...webhook,
      async parse(delivery, channel, io) {
        const { data } = Told.safeParse(readJson(delivery.body));
        if (data === undefined) return await webhook.parse(delivery, channel, io);
        return [await change(toEvent(data.events[0]), delivery.body)];
      },
    },
  };
}

export const echoFixture: Fixture = {
  ...plain,
  roundTrip: {
    question: told({
      type: "message",
      id: "q1",
      at: 1_772_452_800,
      from: { id: "u1", name: "Ana" },
      text: "Hello",
    }),
    ownEcho({ headers, body }) {
      const { to, text } = JSON.parse(body);
      const key = headers.get("idempotency-key");
      return told({ type: "echo", id: "p1", at: 1_772_452_801, to, text, key });
    },
    outsideReply: told({ type: "echo", id: "o1", at: 1_772_452_801, to: "u1", text: "From us" }),
    receipts: {
      delivered: (at) =>
        told({ type: "delivered", id: `d${at}`, at: Math.floor(at / 1_000), message: "p1" }),
      read: (at) => told({ type: "read", by: "u1", upTo: at }),
    },
  },
};

/** The hash of a delivery: another one for the same event told again. */
export const hashOf = (body: Uint8Array<ArrayBuffer>): Promise<string> => sha256Hex(body);

function toEvent(event: z.infer<typeof Told>["events"][0]): InboundEvent {
  if (event.type === "read") {
    return {
      type: "status",
      externalId: `read ${event.by} ${event.upTo}`,
      occurredAt: event.upTo,
      status: "read",
      target: { by: "watermark", threadKey: event.by, upTo: event.upTo },
    };
  }
  const isOurs = event.key !== undefined;
  return {
    type: "message",
    externalId: event.id,
    occurredAt: event.at * 1_000,
    direction: isOurs ? "echo_own" : "echo_other",
    ...isOurs ? { outboxId: event.key?.replace(/-\d+$/, "") } : {},
    sender: { identities: [{ kind: "external", value: event.to, verified: true }] },
    hints: [{ by: "thread", threadKey: event.to, how: "the customer's chat" }],
    parts: [{ kind: "text", text: event.text }],
  };
}

function told(event: object): string {
  return JSON.stringify({ events: [event] });
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
