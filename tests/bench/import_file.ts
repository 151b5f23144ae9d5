/** An mbox that the command line imports into a running server. */
import { fileURLToPath } from "node:url";
import { readPeakMb } from "./idle_memory.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Those of `deno task admin`. */
const ADMIN = [
  ...["run", "--no-prompt", "--allow-net", "--allow-env", "--allow-read", "--allow-write"],
  ...["--allow-sys=hostname", ".tasks/admin.ts"],
];

/** Writes an mbox. Every third mail answers the one before it. @param bytes of each mail, about */
export async function writeMbox(path: string, mails: number, bytes: number): Promise<void> {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  const text = "Il cambio scatta sui pignoni piccoli, da ferma invece va liscio.\n";
  for (let n = 0; n < mails; n++) {
    const answers = n % 3 === 2 ? `In-Reply-To: <${n - 1}@posta.example>\n` : "";
    await writer.write(encoder.encode(
      "From giulia@posta.example Mon Jan  5 10:00:00 2026\n" +
        `From: Giulia <giulia${n % 500}@posta.example>\nTo: support@veloce.example\n` +
        `Subject: Old ${n}\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n` +
        `Message-ID: <${n}@posta.example>\n${answers}\n` +
        `Mail ${n}\n${text.repeat(Math.ceil(bytes / text.length))}\n`,
    ));
  }
  // Closes the file too.
  await writer.close();
}

export interface RunningImport {
  readonly pid: number;
  /** Settles with the exit code and what was printed. */
  readonly ended: Promise<{ readonly code: number; readonly printed: string }>;
  printed(): string;
  kill(signal: Deno.Signal): void;
  /** Of its memory so far, in MB. */
  peakMb(): number;
}

/** `deno task admin import mbox`, as a process of its own. */
export function startImport(
  { path, channelId, env }: {
    readonly path: string;
    readonly channelId: string;
    /** The server's `PORT` and `PARLEY_SECRET`. */
    readonly env: Readonly<Record<string, string>>;
  },
): RunningImport {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...ADMIN, "import", "mbox", path, "--channel", channelId],
    cwd: ROOT,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let printed = "";
  let peakMb = 0;
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      printed += text;
      // Each line it prints is a moment to look: once it has ended, there is nothing to read.
      peakMb = Math.max(peakMb, await readPeakMb(child.pid).catch(() => 0));
    }
  };
  const ended = Promise.all([child.status, read(child.stdout), read(child.stderr)])
    .then(([{ code }]) => ({ code, printed }));
  return {
    pid: child.pid,
    ended,
    printed: () => printed,
    kill: (signal) => child.kill(signal),
    peakMb: () => peakMb,
  };
}
