/** `deno task admin import …`: mails of a file or folder into a channel of the running server. */
import { ImportAnswer, type ImportReport, signImportCall } from "../core/admin/mod.ts";
import { err, ok, type Result } from "../core/result.ts";
import type { Vault } from "../core/store/mod.ts";
import { importMails, type ImportServer } from "./import_mails.ts";
import { listMaildir, readMaildir } from "./read_maildir.ts";
import { type FoundMail, readMbox } from "./read_mbox.ts";

/** As much as the server takes. */
const MAX_MAIL_BYTES = 25 * 1024 * 1024;
const LOOK_MS = 100;
const ANSWER_WITHIN_MS = 60_000;

export interface ImportRequest {
  readonly format: "mbox" | "maildir";
  readonly path: string;
  readonly channelId: string;
}

/** Reads what stands behind `import`: `mbox FILE --channel chn_…`. @returns a sentence when it makes no sense */
export function parseImportArguments(args: readonly string[]): Result<ImportRequest, string> {
  const words: string[] = [];
  let channelId: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (word === "--channel") channelId = args[++i];
    else if (word.startsWith("--channel=")) channelId = word.slice("--channel=".length);
    else if (word.startsWith("--")) return err(`There is no option ${word}`);
    else words.push(word);
  }
  const [format, path, extra] = words;
  if (format !== "mbox" && format !== "maildir") return err(`"import" takes mbox or maildir`);
  if (path === undefined) return err(`"import ${format}" needs a path`);
  if (extra !== undefined) return err(`"import ${format}" takes no "${extra}"`);
  if (!channelId) return err(`"import ${format}" needs --channel: its id stands in its address`);
  return ok({ format, path, channelId });
}

export interface ImportRun {
  /** Such as `http://127.0.0.1:8000`. */
  readonly serverUrl: string;
  readonly vault: Pick<Vault, "mac">;
  readonly now: () => number;
  readonly print: (line: string) => void;
}

/** Imports, printing how far it is. @throws Error with a sentence when it cannot go on */
export async function runImport(request: ImportRequest, run: ImportRun): Promise<void> {
  const { mails, total, unit } = await openMails(request);
  const result = await importMails(mails, await serverOf(request, total, run), {
    wait: () => new Promise((resolve) => setTimeout(resolve, LOOK_MS)),
    onProgress({ done, taken, known }) {
      const share = total === 0 ? 100 : Math.floor(done / total * 100);
      run.print(`${share}% of ${total} ${unit}: ${taken} imported, ${known} known already`);
    },
  });
  for (const where of result.tooLarge) run.print(`${where} is over 25 MiB: left out`);
  const { taken, known, failed } = result;
  const unread = failed === 0
    ? ""
    : `; ${failed} of them could not be read: see the channel's settings`;
  run.print(`Done: ${taken} imported, ${known} known already${unread}`);
}

interface OpenedMails {
  readonly mails: AsyncIterable<FoundMail>;
  readonly total: number;
  readonly unit: string;
}

async function openMails({ format, path }: ImportRequest): Promise<OpenedMails> {
  if (format === "maildir") {
    const names = await listMaildir(path);
    return { mails: readMaildir(path, names, MAX_MAIL_BYTES), total: names.length, unit: "files" };
  }
  const file = await Deno.open(path);
  const { size } = await file.stat();
  return { mails: readMbox(file.readable, MAX_MAIL_BYTES), total: size, unit: "bytes" };
}

async function serverOf(
  { channelId, path }: ImportRequest,
  total: number,
  run: ImportRun,
): Promise<ImportServer> {
  const digest = await crypto.subtle.digest("SHA-256", encode([channelId, path]));
  const id = `imp_${new Uint8Array(digest).toHex().slice(0, 26)}`;
  const name = path.replace(/\/+$/, "").split("/").at(-1)?.slice(0, 255) || path.slice(0, 255);

  async function call(contentType: string, body: Uint8Array<ArrayBuffer>) {
    const header = await signImportCall(run.vault, { channelId, contentType, body }, run.now());
    const url = `${run.serverUrl}/_admin/import?channel=${encodeURIComponent(channelId)}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: { "content-type": contentType, "parley-admin": header },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    } catch (cause) {
      const message = `no server answers at ${run.serverUrl}: start Parley, then run this again`;
      throw new Error(message, { cause });
    }
    const answer = ImportAnswer.safeParse(await response.json().catch(() => null));
    if (!answer.success) throw new Error(`the server answered ${response.status}`);
    if (!answer.data.ok) throw new Error(answer.data.message);
    return answer.data.states;
  }
  return {
    async lookUp(hashes) {
      return await call("application/json", encode({ hashes }));
    },
    async take(mail) {
      const [state] = await call("message/rfc822", mail);
      if (state === undefined) throw new Error("the server did not say what became of a mail");
      return state;
    },
    async report({ done, taken, failed }, state) {
      const all = state === "done" ? total : done;
      const progress: ImportReport = { id, name, state, done: all, total, taken, failed };
      await call("application/json", encode({ progress }));
    },
  };
}

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
