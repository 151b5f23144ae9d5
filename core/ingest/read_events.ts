import { type InboundEvent, InboundEvent as EventSchema } from "../channel/mod.ts";
import type { OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { SideTaskError, SideThread } from "../ports.ts";
import { ok, unreachable } from "../result.ts";
import { parseAside } from "../side_work/mod.ts";
import type { JournalRecord } from "../store/mod.ts";

/** Larger deliveries are parsed on the side thread; what is hostile takes up to 60 ms for so many. */
const LARGE_BYTES = 128 * 1024;

/** What is in a delivery, or why nothing can be made of it: a sentence for admins. */
export type ReadEvents = { readonly events: readonly InboundEvent[] } | { readonly error: string };

/**
 * What the adapter reads in a journalled delivery; an adapter that breaks its contract fails this delivery only.
 * @throws Error when it is not the delivery's fault: it is to be tried again
 */
export async function readEvents(
  context: CoreContext,
  opened: OpenedChannel,
  journal: JournalRecord,
  signal: AbortSignal,
): Promise<ReadEvents> {
  const { sideThread } = context.ports;
  if (sideThread === undefined || journal.blob.size <= LARGE_BYTES) {
    return await readNow(context, opened, journal, { signal });
  }
  // One at a time there: the next one's bytes need not be in memory yet.
  return await context.store.inTurn(
    "parse aside",
    () => readNow(context, opened, journal, { signal, sideThread }),
  );
}

async function readNow(
  { store, ports }: CoreContext,
  { adapter, view, io }: OpenedChannel,
  { id, channelId, blob, via = "webhook", ...journal }: JournalRecord,
  { signal, sideThread }: { readonly signal: AbortSignal; readonly sideThread?: SideThread },
): Promise<ReadEvents> {
  const body = await store.blobs.read(blob.id);
  if (body === null) return { error: "Its bytes are missing" };
  const port = adapter[via];
  if (port === undefined) return { error: "This kind of channel takes no such deliveries" };
  const { contentType, headers, receivedAt } = journal;
  const delivery = { contentType, headers, body, receivedAt };
  try {
    const events = sideThread === undefined
      ? ok(await port.parse(delivery, view, io(signal)))
      : await parseAside(sideThread, { adapterId: adapter.id, via, delivery, view }, io(signal));
    if (!events.ok) return { error: whyNot(events.error) };
    const checked = events.value.map((event) => EventSchema.parse(event));
    const broken = checked.find((event) => event.type === "unparsable");
    if (broken !== undefined) return { error: broken.reason };
    return checked.length === 0
      ? { error: "The adapter found nothing in it" }
      : { events: ownEvents(checked, adapter.shared?.accountKey(view.config)) };
  } catch (error) {
    if (signal.aborted || error instanceof NoThreadError) throw error;
    ports.log("error", "adapter threw while parsing", { journalId: id, channelId });
    return { error: `The adapter failed: ${error instanceof Error ? error.name : "unknown"}` };
  }
}

/** Of a delivery for many accounts, what is for this one. */
function ownEvents(
  events: readonly InboundEvent[],
  account: string | undefined,
): readonly InboundEvent[] {
  if (account === undefined) return events;
  const own = events.filter(({ accountKey = account }) => accountKey === account);
  const [first] = events;
  if (own.length > 0 || first === undefined) return own;
  const { externalId, occurredAt } = first;
  return [{ type: "ignored", externalId, occurredAt, reason: "It is for another account" }];
}

class NoThreadError extends Error {}

/** @throws NoThreadError when the delivery was not tried */
function whyNot(error: SideTaskError): string {
  switch (error.code) {
    case "threw":
      return `The adapter failed: ${error.name}`;
    case "crashed":
      return "Parsing it took more memory than there is, or ended its thread";
    case "too_slow":
      return "Parsing it took too long";
    case "unavailable":
      throw new NoThreadError("Cannot parse a large delivery: others were too slow and still run");
    default:
      return unreachable(error);
  }
}
