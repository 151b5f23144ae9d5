import type { Readable } from "node:stream";
import { SmtpRefusal } from "./smtp_refusal.ts";

/** Bytes of mails that are being read, of all connections together. */
export interface ReadBudget {
  bytesLeft: number;
}

/** How often a mail may have been passed on: more is a loop. */
const MAX_HOPS = 50;

/**
 * Reads a mail to its end, whatever its size, but keeps no more than is allowed.
 * @throws SmtpRefusal when it is too large or there is no room now; what the stream throws when the sender goes away
 */
export async function readData(
  stream: Readable,
  maxBytes: number,
  budget: ReadBudget,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let kept = 0;
  let refusal: SmtpRefusal | null = null;
  try {
    for await (const chunk of stream) {
      // A socket's stream without an encoding gives bytes.
      const piece = chunk as Uint8Array;
      size += piece.length;
      refusal ??= size > maxBytes
        ? new SmtpRefusal(552, `5.3.4 Mail over ${maxBytes} bytes is not taken`)
        : piece.length > budget.bytesLeft
        ? new SmtpRefusal(452, "4.3.1 Too much mail at once: try again later")
        : null;
      if (refusal !== null) continue;
      budget.bytesLeft -= piece.length;
      kept += piece.length;
      pieces.push(piece);
    }
    if (refusal !== null) throw refusal;
    const mail = new Uint8Array(kept);
    let at = 0;
    for (const piece of pieces) {
      mail.set(piece, at);
      at += piece.length;
    }
    return mail;
  } finally {
    budget.bytesLeft += kept;
  }
}

/** Whether a mail was passed on so often that it must be going round in circles. */
export function isLooping(mail: Uint8Array): boolean {
  const head = new TextDecoder("latin1").decode(mail.subarray(0, 65_536));
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  return (head.slice(0, end).match(/^Received:/gim)?.length ?? 0) > MAX_HOPS;
}
