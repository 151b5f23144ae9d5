/** The envelope of a delivery: whom it is for, and the events in it, each still to be read. */
import { z } from "zod";
import type { Delivery } from "../../../core/channel/mod.ts";

/** An id of Meta's: digits as a rule, kept as text because they are too large for a number. */
export const Id = z.string().regex(/^[\x21-\x7e]{1,100}$/);
/** Epoch ms; in seconds in some of Meta's own test deliveries. */
export const Time = z.number().nonnegative().max(8_640_000_000_000)
  .transform((at) => Math.floor(at < SECONDS_UP_TO ? at * 1_000 : at));
/** Milliseconds have passed it in 1973, seconds will in 5138. */
const SECONDS_UP_TO = 100_000_000_000;

const Envelope = z.object({ object: z.string(), entry: z.array(z.unknown()).max(1_000) });
const Entry = z.object({
  id: Id,
  time: Time.optional().catch(undefined),
  messaging: z.array(z.unknown()).optional().catch(undefined),
  standby: z.array(z.unknown()).optional().catch(undefined),
});

/** One event of an entry, unread. */
export interface RawEvent {
  readonly pageId: string;
  /** When the entry was made, epoch ms; null when it does not say. */
  readonly at: number | null;
  /** Another app answers this conversation now. */
  readonly isStandby: boolean;
  readonly event: unknown;
}

/** What a body holds. */
export type ReadDelivery =
  | { readonly kind: "events"; readonly events: readonly RawEvent[] }
  /** Of another product, or of a kind nobody asked for. */
  | { readonly kind: "other"; readonly object: string }
  | { readonly kind: "unreadable" };

/** Reads the envelope. Never throws. An entry without events of messages gives one that is `null`. */
export function readDelivery({ body }: Pick<Delivery, "body">): ReadDelivery {
  const { data } = Envelope.safeParse(readJson(body));
  if (data === undefined) return { kind: "unreadable" };
  if (data.object !== "page") return { kind: "other", object: data.object };
  const events = data.entry.flatMap((given): readonly RawEvent[] => {
    const { data: entry } = Entry.safeParse(given);
    if (entry === undefined) return [];
    const { id: pageId, time: at = null, messaging = [], standby = [] } = entry;
    const all = [
      ...messaging.map((event) => ({ pageId, at, isStandby: false, event })),
      ...standby.map((event) => ({ pageId, at, isStandby: true, event })),
    ];
    return all.length > 0 ? all : [{ pageId, at, isStandby: false, event: null }];
  });
  return { kind: "events", events };
}

/** The Pages a delivery is about, each once. Never throws. */
export function pagesIn(delivery: Pick<Delivery, "body">): readonly string[] {
  const read = readDelivery(delivery);
  return read.kind === "events" ? [...new Set(read.events.map(({ pageId }) => pageId))] : [];
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
