/**
 * Sample: customers write text, the team answers.
 * @module
 */
import { z } from "zod";
import {
  answerError,
  callProvider,
  defineAdapter,
  equalText,
  err,
  hmacHex,
  type InboundEvent,
  ok,
  sha256Hex,
  textOnly,
} from "../../../core/channel/mod.ts";
import { SampleConfig } from "./config.ts";

const Delivery = z.object({ events: z.array(z.unknown()).max(1_000) });
const Id = z.string().min(1).max(200).regex(/^[^\0]*$/);
/** Seconds, as far as a date can reach. */
const Time = z.int().nonnegative().max(8_640_000_000_000);
const Event = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message"),
    id: Id,
    at: Time,
    from: z.object({ id: Id, name: z.string() }),
    text: z.string(),
  }),
  z.object({ type: z.literal("delivered"), id: Id, at: Time, message: Id }),
]);
const Sent = z.object({ id: Id });

/** The Sample adapter. */
export const sample = defineAdapter<SampleConfig>({
  apiVersion: 1,
  id: "sample",
  label: "Sample",
  description: "Customers write by Sample, your team answers.",
  config: SampleConfig,
  capabilities: {
    ...textOnly,
    text: { ...textOnly.text, max: 1_000, unit: "codepoints" },
    receipts: { delivered: true, read: false },
    idempotentSend: true,
    proactive: true,
  },
  hosts: ["api.sample.example"],
  async send(part, channel, io) {
    const to = part.recipient.identities.find(({ kind }) => kind === "external")?.value;
    if (to === undefined) {
      return err({ code: "recipient_unreachable", message: "This customer is not on Sample." });
    }
    const called = await callProvider({
      method: "POST",
      url: "https://api.sample.example/messages",
      headers: {
        "Authorization": `Bearer ${channel.config.key}`,
        "Content-Type": "application/json",
        "Idempotency-Key": `${part.outboxId}-${part.index}`,
      },
      body: JSON.stringify({ to, text: part.text }),
    }, io);
    if (called.kind === "not_allowed") return err({ code: "config", message: called.reason });
    // Sample knows a message that comes twice by its key: a call that got lost can be made again.
    const lost = { code: "unavailable", message: "Sample cannot be reached right now." } as const;
    if (called.kind !== "answered") return err(lost);
    const { answer } = called;
    if (answer.status !== 200 || answer.isHtml) return err(answerError("Sample", answer, io.now()));
    const { data } = Sent.safeParse(answer.json);
    return data === undefined ? err(lost) : ok({ externalId: data.id, status: "sent" });
  },
  webhook: {
    contentTypes: ["application/json"],
    maxBytes: 1_048_576,
    keepHeaders: [],
    async verify({ headers, body }, { config }) {
      const given = headers.get("x-sample-signature");
      if (given === null) return { ok: false, reason: "missing" };
      const isRight = equalText(given, `sha256=${await hmacHex(config.webhookSecret, body)}`);
      return isRight ? { ok: true } : { ok: false, reason: "mismatch" };
    },
    async parse({ body, receivedAt }) {
      const { data } = Delivery.safeParse(readJson(body));
      const externalId = `delivery ${await sha256Hex(body)}`;
      if (data !== undefined) {
        return data.events.map((event, i) => toEvent(event, `${externalId} ${i}`, receivedAt));
      }
      return [{ type: "unparsable", externalId, occurredAt: receivedAt, reason: "not a delivery" }];
    },
  },
});

/** @param externalId of an event that has none we know */
function toEvent(given: unknown, externalId: string, occurredAt: number): InboundEvent {
  const { data } = Event.safeParse(given);
  if (data === undefined) {
    return { type: "ignored", externalId, occurredAt, reason: "of an unknown kind" };
  }
  const known = { externalId: data.id, occurredAt: data.at * 1_000 };
  if (data.type === "delivered") {
    const target = { by: "external", messageExternalId: data.message } as const;
    return { type: "status", ...known, status: "delivered", target };
  }
  const { id, name } = data.from;
  return {
    type: "message",
    ...known,
    direction: "in",
    sender: { identities: [{ kind: "external", value: id, verified: true }], name },
    hints: [{ by: "thread", threadKey: id, how: "the customer's chat" }],
    parts: [{ kind: "text", text: data.text }],
  };
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
