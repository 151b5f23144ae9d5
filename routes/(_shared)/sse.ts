/** Server-sent events: the format, and a response that stays open. */

export interface SseEvent {
  /** Where a reader goes on after a break; absent for what is not replayed. */
  readonly id?: string;
  readonly event: string;
  /** One line, such as JSON. */
  readonly data: string;
}

export interface SseOptions {
  /** A comment goes out this often, so that proxies and clients see life. */
  readonly keepAliveMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const KEEP_ALIVE_MS = 15_000;

/** An event, or one written before: many streams may send the same bytes. */
export type SseChunk = SseEvent | Uint8Array<ArrayBuffer>;

/** One event on the wire. */
export function formatSse({ id, event, data }: SseEvent): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}

/** One event on the wire, as bytes to be kept. */
export function encodeSse(event: SseEvent): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(formatSse(event));
}

/**
 * Streams events until the source ends. The source is asked for the next one only when the client
 * takes it, and is told by `signal` when the client has gone.
 */
export function sseResponse(
  open: (signal: AbortSignal) => AsyncIterable<SseChunk>,
  { keepAliveMs = KEEP_ALIVE_MS, headers }: SseOptions = {},
): Response {
  const gone = new AbortController();
  const events = open(gone.signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let keepAlive: ReturnType<typeof setInterval> | undefined;
  const end = () => {
    clearInterval(keepAlive);
    gone.abort();
    // Runs the source's `finally` where it stands at a yield.
    events.return?.().catch(() => {});
  };

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // The first bytes make clients and proxies treat the stream as open.
      controller.enqueue(encoder.encode(": open\n\n"));
      keepAlive = setInterval(() => {
        // A client that takes nothing is not given more comments to keep.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(": ping\n\n"));
      }, keepAliveMs);
    },
    async pull(controller) {
      try {
        const next = await events.next();
        if (gone.signal.aborted) return;
        if (!next.done) {
          const { value } = next;
          return controller.enqueue(value instanceof Uint8Array ? value : encodeSse(value));
        }
        end();
        controller.close();
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel: end,
  }, { highWaterMark: 16 });

  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-content-type-options": "nosniff",
      "x-accel-buffering": "no",
      ...headers,
    },
  });
}
