import { Buffer } from "node:buffer";

/** A longer header is not checked: mail programs write a hundredth of it. */
const MAX_HEADER_BYTES = 256 * 1024;
/** Each signature may have the whole mail hashed again, and asks name servers. */
const MAX_SIGNATURES = 8;

/**
 * A mail as it may be checked: with its topmost signatures only, which leaves the others' results out and changes none.
 * Null when its header is too long to be looked at.
 */
export function checkableMail(mail: Uint8Array): Buffer | null {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.length);
  // Latin 1 keeps every byte as it is; TextDecoder's is Windows 1252.
  const begin = bytes.subarray(0, MAX_HEADER_BYTES).toString("latin1");
  const blank = /\r?\n\r?\n/.exec(begin)?.index;
  if (blank === undefined && bytes.length > MAX_HEADER_BYTES) return null;
  const end = blank ?? bytes.length;
  const fields = begin.slice(0, end).split(/(?<=\n)(?![ \t])/);
  let signatures = 0;
  const kept = fields.filter((field) =>
    !/^(?:dkim|arc-message)-signature\s*:/i.test(field) || ++signatures <= MAX_SIGNATURES
  );
  if (kept.length === fields.length) return bytes;
  return Buffer.concat([Buffer.from(kept.join(""), "latin1"), bytes.subarray(end)]);
}
