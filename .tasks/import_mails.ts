import type { ImportAnswer } from "../core/admin/mod.ts";
import type { FoundMail } from "./read_mbox.ts";

type State = Extract<ImportAnswer, { ok: true }>["states"][number];

/** The server that takes the mails. Both throw an Error with a sentence when it cannot. */
export interface ImportServer {
  /** What became of mails, by their SHA-256 in hex; at most 500. */
  lookUp(hashes: readonly string[]): Promise<readonly State[]>;
  take(mail: Uint8Array<ArrayBuffer>): Promise<State>;
  /** Lets people who look at the channel know how far it is. */
  report(progress: ImportProgress, state: "running" | "done"): Promise<void>;
}

export interface ImportProgress {
  readonly done: number;
  /** Mails handed over now. */
  readonly taken: number;
  /** Mails that were there before. */
  readonly known: number;
  /** Of those handed over, the ones nobody could read; the server keeps them. */
  readonly failed: number;
  /** Where mails stood that are too large. */
  readonly tooLarge: readonly string[];
}

const BATCH_MAILS = 100;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Hands mails over, a batch at a time, each read by the server before the next goes out: live mail never waits behind a
 * whole archive. Begun again, it passes what the server has: that is how it goes on after it was interrupted.
 * @param wait between two looks at whether a batch is read
 */
export async function importMails(
  mails: AsyncIterable<FoundMail>,
  server: ImportServer,
  { wait, onProgress }: {
    readonly wait: () => Promise<unknown>;
    readonly onProgress: (progress: ImportProgress) => void;
  },
): Promise<ImportProgress> {
  let progress: ImportProgress = { done: 0, taken: 0, known: 0, failed: 0, tooLarge: [] };
  let batch: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const mail of mails) {
    if (mail.bytes === null) {
      progress = { ...progress, tooLarge: [...progress.tooLarge, mail.where] };
    } else {
      batch.push(mail.bytes);
      bytes += mail.bytes.length;
    }
    if (batch.length < BATCH_MAILS && bytes < BATCH_BYTES) continue;
    await handOver(mail.done);
  }
  await handOver(null);
  await server.report(progress, "done");
  return progress;

  async function handOver(done: number | null): Promise<void> {
    const sent = await sendBatch(batch, server, wait);
    progress = {
      ...progress,
      done: done ?? progress.done,
      taken: progress.taken + sent.taken,
      known: progress.known + batch.length - sent.taken,
      failed: progress.failed + sent.failed,
    };
    batch = [];
    bytes = 0;
    if (done === null) return;
    onProgress(progress);
    await server.report(progress, "running");
  }
}

async function sendBatch(
  batch: readonly Uint8Array<ArrayBuffer>[],
  server: ImportServer,
  wait: () => Promise<unknown>,
): Promise<{ readonly taken: number; readonly failed: number }> {
  if (batch.length === 0) return { taken: 0, failed: 0 };
  const hashes = await Promise.all(batch.map(hashOf));
  const before = await server.lookUp(hashes);
  const sent = new Set<string>();
  for (const [index, mail] of batch.entries()) {
    const hash = hashes[index] ?? "";
    // The same mail twice in a batch is one.
    if (before[index] !== "missing" || sent.has(hash)) continue;
    await server.take(mail);
    sent.add(hash);
  }
  const handedOver = [...sent];
  let states = await server.lookUp(handedOver);
  while (states.includes("received")) {
    await wait();
    states = await server.lookUp(handedOver);
  }
  return { taken: sent.size, failed: states.filter((state) => state === "failed").length };
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
