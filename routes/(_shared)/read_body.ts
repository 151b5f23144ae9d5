import { err, ok, type Result } from "@/core/result.ts";

/** Bytes a JSON body may have. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Bytes an uploaded file may have. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

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

  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream: the rest is not read.
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return tooLarge;
    chunks.push(chunk);
  }
  return ok(concat(chunks, size));
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
