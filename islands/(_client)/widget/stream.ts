/** Keeps a stream open: resumes by cursor, backs off with jitter, and lets the caller poll while it cannot be had. */
import { retryDelay } from "./retry_delay.ts";
import { SseParser, type StreamEvent } from "./sse_parser.ts";

/** The server sends a comment every 15 s; without any for this long the connection is dead. */
const SILENCE_MS = 40_000;
/** A connection that lived this long was a good one. */
const STEADY_MS = 5_000;

export interface StreamOptions {
  open(cursor: string | null, signal: AbortSignal): Promise<Response>;
  onEvent(event: StreamEvent): void;
  /** 401: the session is over. The stream ends. */
  onSignedOut(): void;
  /** Called before each wait, to ask the server in another way; answers whether it could be reached. */
  poll(): Promise<boolean>;
  onConnection(isOnline: boolean): void;
  readonly signal: AbortSignal;
  /** Cursor to go on from. */
  readonly cursor: string | null;
  /** Resolves after `ms`, at once when the network comes back, or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
  now(): number;
}

/** Runs until `signal` aborts or the session is over. */
export async function keepStream(options: StreamOptions): Promise<void> {
  const { signal } = options;
  let { cursor } = options;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = options.now();
    const outcome = await readOnce(options, cursor, (next) => cursor = next);
    if (signal.aborted) return;
    if (outcome === "signed_out") return options.onSignedOut();
    failures = options.now() - startedAt >= STEADY_MS ? 1 : failures + 1;
    options.onConnection(await options.poll());
    await options.wait(retryDelay(failures, options.random()), signal);
  }
}

async function readOnce(
  { open, onEvent, onConnection, signal, wait }: StreamOptions,
  cursor: string | null,
  moveTo: (cursor: string) => void,
): Promise<"ended" | "signed_out"> {
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  let lastPiece = {};
  const watch = async () => {
    while (!either.aborted) {
      const before = lastPiece;
      await wait(SILENCE_MS, either);
      if (before === lastPiece) silence.abort();
    }
  };
  try {
    void watch();
    const response = await open(cursor, either);
    if (response.status === 401) return "signed_out";
    if (!response.ok || response.body === null) return "ended";
    onConnection(true);
    const parser = new SseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      lastPiece = {};
      for (const event of parser.push(piece.value)) {
        const next = event.id ?? cursorOf(event);
        if (next !== null) moveTo(next);
        onEvent(event);
      }
    }
  } catch {
    // The connection broke, was silent, or was ended by the caller: all mean "try again, if wanted".
  } finally {
    silence.abort();
  }
  return "ended";
}

/** A stream that has just begun says where. */
function cursorOf({ name, data }: StreamEvent): string | null {
  if (name !== "hello") return null;
  const { cursor } = JSON.parse(data) as { readonly cursor?: unknown };
  return typeof cursor === "string" ? cursor : null;
}
