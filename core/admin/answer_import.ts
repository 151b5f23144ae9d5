import { z } from "zod";
import type { CoreError } from "../errors.ts";
import type { Imports } from "../ingest/mod.ts";
import { err, type Result } from "../result.ts";
import type { Store, Vault } from "../store/mod.ts";
import { describeError } from "./admin_desk.ts";
import { isAdminRequest, signAdminRequest } from "./admin_signature.ts";
import { COMMAND_LINE } from "./run_admin_command.ts";

/**
 * A mail of a file (`message/rfc822`), or as `application/json` hashes of mails to be looked up (`{hashes}`), or how far
 * the file is (`{progress}`).
 */
export interface ImportCall {
  readonly channelId: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What became of each mail, or why nothing could be done, in a sentence. */
export const ImportAnswer = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    states: z.array(
      z.enum(["missing", "received", "done", "duplicate", "ignored", "failed"]),
    ),
  }),
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
export type ImportAnswer = z.infer<typeof ImportAnswer>;

const Hashes = z.strictObject({
  hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(500),
});

const Count = z.int().nonnegative();
/** How far a file is: told to whoever may manage the channel. */
export const ImportReport = z.strictObject({
  /** The same each time the file is imported. */
  id: z.string().regex(/^imp_[0-9a-z]{1,40}$/),
  name: z.string().min(1).max(255),
  state: z.enum(["running", "done"]),
  done: Count,
  total: Count,
  taken: Count,
  failed: Count,
});
export type ImportReport = z.infer<typeof ImportReport>;

const Progress = z.strictObject({ progress: ImportReport });

/** Value of the `Parley-Admin` header of a call. */
export async function signImportCall(
  vault: Pick<Vault, "mac">,
  call: ImportCall,
  now: number,
): Promise<string> {
  return await signAdminRequest(vault, await digestOf(call), now);
}

/**
 * Answers one call of an import. A call that comes again does no harm, so signatures are not remembered.
 * @returns null when the sender does not hold the secret, or is too late
 */
export async function answerImport(
  { imports, store }: { readonly imports: Imports; readonly store: Store },
  call: ImportCall,
  header: string,
): Promise<ImportAnswer | null> {
  const now = store.ports.clock.now();
  if (!await isAdminRequest(store.vault, header, await digestOf(call), now)) return null;
  const done = await run(imports, call);
  return done.ok
    ? { ok: true, states: [...done.value] }
    : { ok: false, message: describeError(done.error) };
}

async function run(
  imports: Imports,
  { channelId, contentType, body }: ImportCall,
): Promise<Result<Extract<ImportAnswer, { ok: true }>["states"], CoreError>> {
  if (contentType === "message/rfc822") {
    const taken = await imports.take(COMMAND_LINE, channelId, body);
    return taken.ok ? { ok: true, value: [taken.value] } : taken;
  }
  const json = parseJson(new TextDecoder().decode(body));
  const told = Progress.safeParse(json);
  if (told.success) {
    const job = { ...told.data.progress, channelId, error: null };
    const done = await imports.report(COMMAND_LINE, job);
    return done.ok ? { ok: true, value: [] } : done;
  }
  const asked = Hashes.safeParse(json);
  if (!asked.success) {
    const message = "The server does not know this request: is it of this version?";
    return err({ code: "unsupported", message });
  }
  const found = await imports.lookUp(COMMAND_LINE, channelId, asked.data.hashes);
  return found.ok ? { ok: true, value: [...found.value] } : found;
}

/** What is signed: everything the call says. */
async function digestOf({ channelId, contentType, body }: ImportCall): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).toHex();
  return JSON.stringify(["import", channelId, contentType, hash]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
