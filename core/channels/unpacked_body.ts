import type { PinnedAnswer } from "../ports.ts";

/**
 * A body as its server meant it. Whoever reads it counts what comes out: a few packed bytes may unfold without end.
 * @returns null for a packing nobody asked for and nobody here knows
 */
export function unpackedBody(
  { headers, body }: PinnedAnswer,
): ReadableStream<Uint8Array> | null {
  const packing = (headers.get("content-encoding") ?? "").trim().toLowerCase();
  switch (packing) {
    case "":
    case "identity":
      return body;
    case "gzip":
    case "x-gzip":
    case "deflate": {
      const format = packing === "deflate" ? "deflate" : "gzip";
      // The DOM's types let the transform take bytes on shared memory too; what comes over a connection is never that.
      const unpack = new DecompressionStream(format) as TransformStream<Uint8Array, Uint8Array>;
      return body.pipeThrough(unpack);
    }
    default:
      return null;
  }
}
