import { Buffer } from "node:buffer";

/** Parts of a multipart body: each costs the process some of its time, however little stands in it. */
export const MAX_PARTS = 2_000;

/** Why nothing was read. */
export type MultipartProblem = "unreadable" | "too_many_parts";

/**
 * The fields of a multipart body. A body of 26 MB may hold 400,000 parts, which would keep everybody waiting for most of
 * a minute: they are counted first.
 * @param type the whole content type, whose boundary is taken
 */
export async function readMultipart(
  body: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<FormData | MultipartProblem> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s";,]{1,70}))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return "unreadable";
  if (countUpTo(body, `--${boundary}`, MAX_PARTS + 2) > MAX_PARTS + 1) return "too_many_parts";
  // Read by the boundary that was counted, however else the header may be understood.
  const headers = { "content-type": `multipart/form-data; boundary="${boundary}"` };
  try {
    return await new Response(body, { headers }).formData();
  } catch (cause) {
    // A broken boundary or encoding; anything else is a bug.
    if (!(cause instanceof TypeError)) throw cause;
    return "unreadable";
  }
}

function countUpTo(body: Uint8Array<ArrayBuffer>, text: string, max: number): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0 && count < max; count++) {
    at = bytes.indexOf(text, at + text.length);
  }
  return count;
}
