import { MAX_FILE_BYTES, safeMediaType } from "../attachments/mod.ts";
import type { MediaError } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { readHead } from "../read_head.ts";
import type { BlobRef, MediaRecord } from "../store/mod.ts";
import { untilAborted } from "../until_aborted.ts";
import { fileType, TYPE_BYTES } from "./file_type.ts";
import type { MediaProblem } from "./next_fetch.ts";

/** The whole of a file has this long, … */
const DEADLINE_MS = 5 * 60_000;
/** … and nothing may come for no longer than this. */
const STALL_MS = 30_000;

/** What came of one try. */
export type Fetched =
  | {
    readonly kind: "file";
    /** Staged: whoever links it adopts it. */
    readonly blob: BlobRef;
    readonly type: string;
    /** As the provider calls it; "" where it does not. */
    readonly name: string;
  }
  | {
    readonly kind: "problem";
    readonly problem: MediaProblem;
    /** Of `rate_limited`, in ms; else 0. */
    readonly retryAfterMs: number;
  };

/**
 * Fetches a file through its channel's adapter, into a blob nobody owns yet. Whatever the provider or the adapter does is
 * an outcome; the core counts the bytes and looks at the first ones.
 * @throws when `signal` aborts: the process ends
 */
export async function fetchMedia(
  { store, ports }: CoreContext,
  channels: Pick<Channels, "open">,
  { ref, type: announced, channelId, attachmentId }: MediaRecord,
  signal: AbortSignal,
): Promise<Fetched> {
  const opened = await channels.open(channelId);
  const port = opened.ok ? opened.value.adapter.media : undefined;
  if (!opened.ok || port === undefined) return problem("gone");
  const { view, io, redact } = opened.value;
  using late = new Deadline(ports);
  const until = AbortSignal.any([signal, late.signal]);

  async function fetchAndStage(): Promise<Fetched> {
    const answer = await port?.fetch(ref, view, io(until));
    if (answer === undefined) return problem("gone");
    if (!answer.ok) return problemOf(answer.error);
    const { stream, size, type = "", name = "" } = answer.value;
    if (size !== undefined && size > MAX_FILE_BYTES) {
      await stream.cancel();
      return problem("too_large");
    }
    const { head, whole } = await readHead(stream.pipeThrough(late.watched()), TYPE_BYTES);
    if (head.length === 0) return problem("empty");
    const told = fileType(head, { announced, answered: safeMediaType(type) });
    if (told === null) {
      await whole.cancel();
      return problem("unusable");
    }
    const blob = await store.blobs.stage(whole, { maxBytes: MAX_FILE_BYTES });
    return "code" in blob ? problem("too_large") : { kind: "file", blob, type: told, name };
  }

  try {
    // An adapter may wait for something that knows no signal.
    return await untilAborted(fetchAndStage(), until);
  } catch (error) {
    signal.throwIfAborted();
    ports.log("info", "file not fetched", {
      channelId,
      attachmentId,
      error: redact(error instanceof Error ? error.message : "unknown"),
    });
    return problem("unavailable");
  }
}

function problemOf(error: MediaError): Fetched {
  return error.code === "rate_limited"
    ? { kind: "problem", problem: error.code, retryAfterMs: error.retryAfterMs }
    : problem(error.code);
}

function problem(what: MediaProblem): Fetched {
  return { kind: "problem", problem: what, retryAfterMs: 0 };
}

/** Aborts when a download takes too long, or when nothing comes for too long. */
class Deadline implements Disposable {
  readonly #late = new AbortController();
  readonly #cancelEnd: () => void;
  #cancelStall: () => void = () => {};
  readonly #ports: Pick<CoreContext["ports"], "alarm" | "clock">;

  constructor(ports: Pick<CoreContext["ports"], "alarm" | "clock">) {
    this.#ports = ports;
    this.#cancelEnd = ports.alarm(ports.clock.now() + DEADLINE_MS, () => this.#abort());
    this.#wait();
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  /** Notes what comes. */
  watched(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: (piece, controller) => {
        this.#wait();
        controller.enqueue(piece);
      },
    });
  }

  #wait(): void {
    this.#cancelStall();
    const { alarm, clock } = this.#ports;
    this.#cancelStall = alarm(clock.now() + STALL_MS, () => this.#abort());
  }

  #abort(): void {
    this.#late.abort(new Error("The download was too slow"));
  }

  [Symbol.dispose](): void {
    this.#cancelEnd();
    this.#cancelStall();
  }
}
