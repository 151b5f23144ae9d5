import type { BenchVisitor } from "./bench_visitors.ts";
import { percentile } from "./measurements.ts";

const PER_SECOND = 100;

/**
 * A visitor posts, an agent's open stream hears of it: at 100 messages a second, spread evenly.
 * @returns p95 in ms, from before the post until the event is read
 */
export async function measureStreamLatency(
  { url, apiToken, visitors, ms }: {
    readonly url: string;
    readonly apiToken: string;
    readonly visitors: readonly BenchVisitor[];
    readonly ms: number;
  },
): Promise<number> {
  const response = await fetch(`${url}/api/v1/events`, {
    headers: { authorization: `Bearer ${apiToken}` },
  });
  if (!response.ok || response.body === null) {
    throw new Error(`Cannot open the stream: ${response.status}`);
  }
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const count = Math.round(ms / 1_000 * PER_SECOND);
  const heard = Promise.withResolvers<void>();
  const isOpen = Promise.withResolvers<void>();
  const reader = response.body.getReader();
  const reading = readLines(reader, (line) => {
    isOpen.resolve();
    if (!line.startsWith("data:") || !line.includes(`"type":"message.created"`)) return;
    const mark = messageText(line.slice("data:".length));
    const at = sentAt.get(mark);
    if (at === undefined) return;
    sentAt.delete(mark);
    latencies.push(performance.now() - at);
    if (latencies.length === count) heard.resolve();
  });
  await isOpen.promise;

  const startedAt = performance.now();
  const posts: Promise<unknown>[] = [];
  for (let i = 0; i < count; i++) {
    const waitMs = startedAt + i * 1_000 / PER_SECOND - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const visitor = visitors[i % visitors.length];
    if (visitor === undefined) throw new RangeError("Cannot measure: there are no visitors");
    const mark = `bench-mark-${crypto.randomUUID()}`;
    sentAt.set(mark, performance.now());
    posts.push(visitor.write(mark));
  }
  await Promise.all(posts);
  const timer = setTimeout(
    () => heard.reject(new Error(`Only ${latencies.length} of ${count} events came`)),
    10_000,
  );
  await heard.promise;
  clearTimeout(timer);
  // An aborted fetch does not always end who reads it: that would hold up the benchmark for ever.
  await reader.cancel();
  await reading;
  return percentile(latencies, 0.95);
}

/** The event's conversation may be a message ahead by now: only the message tells which one this is. */
function messageText(data: string): string {
  // As the API's document says.
  const { message } = JSON.parse(data) as { readonly message?: { readonly text: string } };
  return message?.text ?? "";
}

/** Hands each line over until the reader is cancelled. */
async function readLines(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  onLine: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  }
}
