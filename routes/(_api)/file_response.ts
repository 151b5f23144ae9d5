import { errorResponse } from "../(_shared)/http_error.ts";
import { parseRange } from "./parse_range.ts";

/** A file to be answered with. */
export interface ServedFile {
  readonly name: string;
  /** Sent as it is: the caller has made sure that a browser may show it, or says "attachment". */
  readonly type: string;
  readonly size: number;
  readonly disposition: "inline" | "attachment";
  stream(
    range: { readonly start: number; readonly end: number },
  ): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Answers with a file of unknown origin so that it can do no harm on this origin (architecture.md, "Access"),
 * whole or the range asked for.
 */
export function fileResponse(request: Request, file: ServedFile): Response {
  const range = parseRange(request.headers.get("range") ?? undefined, file.size);
  if (range === "unsatisfiable") {
    return errorResponse({ code: "range_not_satisfiable", size: file.size });
  }
  const { start, end } = range ?? { start: 0, end: file.size };
  const headers = new Headers({
    "content-type": file.type,
    "content-length": String(end - start),
    "content-disposition": contentDisposition(file.disposition, file.name),
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-site",
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=3600",
  });
  if (range) headers.set("content-range", `bytes ${start}-${end - 1}/${file.size}`);
  const body = request.method === "HEAD" ? null : file.stream({ start, end });
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed())
    .replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
