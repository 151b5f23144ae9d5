import type { Random } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";

/** Why there is no secret, in words for the terminal. */
export interface SecretError {
  readonly code: "cannot_read_secret";
  readonly message: string;
}

const SECRET_BYTES = 32;
const TRIES = 50;
const WAIT_MS = 20;

/**
 * The secret in a file only its owner can read; made at the first start. Two processes that start at the same moment
 * end with the same one.
 */
export async function readOrMakeSecret(
  path: string,
  random: Random,
): Promise<Result<string, SecretError>> {
  try {
    const fresh = random.bytes(SECRET_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
    try {
      await Deno.writeTextFile(path, `${fresh}\n`, { createNew: true, mode: 0o600 });
      return ok(fresh);
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
    const kept = await readWhole(path);
    return kept.length >= SECRET_BYTES ? ok(kept) : err({
      code: "cannot_read_secret",
      message: `the secret in "${path}" has fewer than 32 characters`,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({
      code: "cannot_read_secret",
      message: `cannot read or write "${path}": ${reason}`,
    });
  }
}

/** The file's text; another process may have made the file and not yet written into it. */
async function readWhole(path: string): Promise<string> {
  for (let tries = 1; tries < TRIES; tries++) {
    const text = await Deno.readTextFile(path);
    if (text !== "") return text.trim();
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  return (await Deno.readTextFile(path)).trim();
}
