import { z } from "zod";
import type { AnyAdapter, ChannelView, Delivery, InboundEvent, ParseIo } from "../channel/mod.ts";
import type { SideProcedure, SideTaskError, SideThread } from "../ports.ts";
import { ok, type Result } from "../result.ts";

/** A delivery and what its adapter is given beside it. */
export interface ParseTask {
  readonly adapterId: string;
  /** The port whose `parse` reads it. */
  readonly via: "webhook" | "poll" | "listen";
  readonly delivery: Delivery;
  readonly view: ChannelView<unknown>;
}

/** Bytes on their way: see `SideTask`. */
interface Packed {
  readonly buffer: ArrayBuffer;
  readonly start: number;
  readonly length: number;
}
/** A task as it crosses. */
interface PackedTask extends Omit<ParseTask, "delivery"> {
  readonly delivery: Omit<Delivery, "body"> & { readonly body: Packed };
}

const PackedBytes = z.object({
  buffer: z.instanceof(ArrayBuffer),
  start: z.number(),
  length: z.number(),
});
/** Events as they come back: only their files are looked at here. */
const PackedEvents = z.array(z.looseObject({
  parts: z.array(z.looseObject({ bytes: PackedBytes.optional() })).optional(),
}));
const Question = z.tuple([z.string(), z.string()]);

/**
 * Parses a delivery on the side thread. Its body is handed over: it is empty here afterwards.
 * @returns what the adapter returned, to be checked like that
 * @throws whatever `verifyTag` throws
 */
export async function parseAside(
  thread: SideThread,
  task: ParseTask,
  { verifyTag }: ParseIo,
): Promise<Result<readonly unknown[], SideTaskError>> {
  const { body } = task.delivery;
  const input: PackedTask = { ...task, delivery: { ...task.delivery, body: pack(body) } };
  const done = await thread.run({
    work: "parse",
    input,
    transfer: [body.buffer],
    answer: async (question) => await verifyTag(...Question.parse(question)),
  });
  return done.ok ? ok(PackedEvents.parse(done.value).map(withBytes)) : done;
}

/** The side thread's half: the same adapters, by their ids. */
export function parseProcedure(adapters: readonly AnyAdapter[]): SideProcedure {
  return async (input, ask) => {
    // Made by `parseAside` of the same version, in the same process.
    const { adapterId, via, delivery, view } = input as PackedTask;
    const port = adapters.find(({ id }) => id === adapterId)?.[via];
    if (port === undefined) throw new TypeError(`Cannot parse: "${adapterId}" has no "${via}"`);
    const verifyTag = async (text: string, tag: string) => await ask([text, tag]) === true;
    const body = unpack(delivery.body);
    const events = await port.parse({ ...delivery, body }, view, { verifyTag });
    const transfer = new Set<ArrayBuffer>();
    return { value: events.map((event) => withPacked(event, transfer)), transfer: [...transfer] };
  };
}

/** @param buffers gets what the files lie in: several may share one */
function withPacked(event: InboundEvent, buffers: Set<ArrayBuffer>): unknown {
  if (event.type !== "message") return event;
  const parts = event.parts.map((part) => {
    if (part.kind !== "media" || part.bytes === undefined) return part;
    const bytes = pack(part.bytes);
    buffers.add(bytes.buffer);
    return { ...part, bytes };
  });
  return { ...event, parts };
}

function withBytes(event: z.infer<typeof PackedEvents>[number]): unknown {
  if (event.parts === undefined) return event;
  const parts = event.parts.map((part) =>
    part.bytes === undefined ? part : { ...part, bytes: unpack(part.bytes) }
  );
  return { ...event, parts };
}

function pack(bytes: Uint8Array): Packed {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer) return { buffer, start: byteOffset, length: byteLength };
  // Shared memory cannot be handed over.
  return pack(bytes.slice());
}

function unpack({ buffer, start, length }: Packed): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, start, length);
}
