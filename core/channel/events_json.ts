import { z } from "zod";
import { clip } from "../clip.ts";
import { err, ok, type Result } from "../result.ts";
import type { Delivery } from "./adapter.ts";
import { sha256Hex } from "./digests.ts";
import { InboundEvent } from "./events.ts";

/** Each becomes a commit of its own: one delivery may not keep a channel busy for minutes. */
export const MAX_EVENTS = 1_000;

const MAX_REASON = 300;
/** Where files can stand: of a message, of a filled-in form. */
const WITH_FILES = ["parts", "files"];

const Batch = z.object({ events: z.array(z.unknown()) });

/** What mail alone has, and only code that read the mail may say. */
const MAIL_ONLY = ["email", "agentMail", "report", "verdict"];

/**
 * The events of a delivery `{"events": [...]}` in JSON, each exactly as {@link InboundEvent} has it; a file's bytes
 * stand in `base64`. What is no event becomes an `ignored` one that says why, in its place: the others count. Pure.
 */
export async function eventsFromJson(
  { body, receivedAt }: Pick<Delivery, "body" | "receivedAt">,
): Promise<readonly InboundEvent[]> {
  const externalId = `delivery ${await sha256Hex(body)}`;
  const known = { externalId, occurredAt: receivedAt };
  const { data } = Batch.safeParse(parseJson(body));
  if (data === undefined) {
    return [{ type: "unparsable", ...known, reason: 'It is no JSON object with "events"' }];
  }
  if (data.events.length > MAX_EVENTS) {
    return [{ type: "unparsable", ...known, reason: `It holds over ${MAX_EVENTS} events` }];
  }
  if (data.events.length === 0) return [{ type: "ignored", ...known, reason: "no events" }];
  return data.events.map((given, i): InboundEvent => {
    const event = readEvent(given);
    if (event.ok) return event.value;
    const own = { externalId: `${externalId} ${i}`, occurredAt: receivedAt };
    return { type: "ignored", ...own, reason: clip(event.error, MAX_REASON) };
  });
}

/** An event, or why it is none. */
function readEvent(given: unknown): Result<InboundEvent, string> {
  if (!isObject(given)) return err("not an event");
  const mail = MAIL_ONLY.find((name) => name in given);
  if (mail !== undefined) return err(`"${mail}" is for mail only`);
  const event: Record<string, unknown> = { ...given };
  for (const list of WITH_FILES) {
    const parts = given[list];
    if (!Array.isArray(parts)) continue;
    const read = parts.map(readPart);
    const wrong = read.indexOf(null);
    if (wrong >= 0) return err(`${list}.${wrong}: a file has "base64" or "ref"`);
    event[list] = read;
  }
  const { data, error } = InboundEvent.safeParse(event);
  if (data === undefined) return err(reasonOf(given, error));
  // One event may not fail the others of its delivery.
  return data.type === "unparsable" ? err(data.reason) : ok(data);
}

/** A part with its bytes; null for a file that is none. Ids of attachments are ours alone to give. */
function readPart(part: unknown): unknown {
  if (!isObject(part) || part.kind !== "media") return part;
  const { base64, ...rest } = part;
  if ("attachmentId" in rest || "bytes" in rest) return null;
  if (base64 === undefined) return typeof rest.ref === "string" ? rest : null;
  if (typeof base64 !== "string") return null;
  try {
    return { ...rest, bytes: Uint8Array.fromBase64(base64) };
  } catch {
    return null;
  }
}

function reasonOf({ type }: Readonly<Record<string, unknown>>, { issues }: z.ZodError): string {
  const isKnown = InboundEvent.options.some(({ shape }) => shape.type.value === type);
  if (!isKnown) return "of an unknown kind";
  const [issue] = issues;
  return `${issue?.path.join(".") || "event"}: ${issue?.message ?? "is none"}`;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
