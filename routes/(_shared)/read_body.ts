import { joinBytes } from "@/core/mod.ts";
import { err, ok, type Result } from "@/core/result.ts";

/** Bytes a JSON body may have. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Bytes an uploaded file may have. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** A sender on the same machine has every piece ready at once, and reading them all in one go would hold up everybody else. */
const BYTES_PER_TURN = 256 * 1024;

export type BodyError = { readonly code: "too_large"; readonly maxBytes: number };

/**
 * Reads a whole body, counting while it comes: what the request says of its length is only
 * believed when it is already too much.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, BodyError>> {
  const tooLarge = err({ code: "too_large", maxBytes } as const);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    await request.body?.cancel();
    return tooLarge;
  }
  if (request.body === null) return ok(new Uint8Array());

  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let turnEndsAt = BYTES_PER_TURN;
  // By hand: every request with a body comes through here, and iteration does much more than reading.
  const reader = request.body.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) {
      // Most bodies come in one piece, which is not copied.
      const [only, ...more] = chunks;
      return ok(only !== undefined && more.length === 0 ? only : joinBytes(chunks));
    }
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return tooLarge;
    }
    chunks.push(value);
    if (size < turnEndsAt) continue;
    await nextTurn();
    turnEndsAt = size + BYTES_PER_TURN;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0));
}
