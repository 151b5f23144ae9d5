/** Headers that say how the body is made, which here is another one. */
const BODY_HEADERS = /^(?:content-[a-z-]+|mime-version)$/i;

/**
 * A mail that is too large, or cannot be fetched, as its headers and a notice: it finds its thread and its sender, and
 * says where the rest is.
 * @param header the header block as it came
 */
export function noticeMail(header: Uint8Array, notice: string): Uint8Array<ArrayBuffer> {
  // Latin 1 keeps every byte as it is; TextDecoder's is Windows 1252.
  const block = Buffer.from(header).toString("latin1").replace(/(?:\r?\n)+$/, "");
  const fields = block.split(/\r?\n(?![ \t])/);
  const kept = fields.filter((field) => !BODY_HEADERS.test(field.split(":", 1)[0]?.trim() ?? ""));
  const head = [...kept, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", ""];
  const bytes = [Buffer.from(head.join("\r\n"), "latin1"), Buffer.from(`${notice}\r\n`)];
  return new Uint8Array(Buffer.concat(bytes));
}
