import type { SendReceipt } from "../channel/mod.ts";
import type { Message, MessagePiece } from "../model/message.ts";
import { countPieces } from "./split_part.ts";

/** The pieces of a message that is to be sent, none of them yet; nothing for what goes in one. */
export function plannedPieces(
  ...of: Parameters<typeof countPieces>
): Pick<Message, "pieces"> {
  const count = countPieces(...of);
  return count === 1
    ? {}
    : { pieces: Array.from({ length: count }, () => ({ state: "waiting", externalId: null })) };
}

/** The provider's id of a piece at its longest, and what stands around it. */
const PIECE_BYTES = 1_040;

/** What the pieces take of a message's record once all of them have left. */
export function bytesOfPieces({ pieces = [] }: Pick<Message, "pieces">): number {
  return pieces.length * PIECE_BYTES;
}

/** Some pieces have left and others have not: what is told of one says nothing of the message. */
export function isHalfSent({ pieces }: Pick<Message, "pieces">): boolean {
  return pieces !== undefined && pieces.some(({ state }) => state !== "sent");
}

/** With one piece sent. */
export function withSent(
  pieces: readonly MessagePiece[],
  index: number,
  { externalId }: SendReceipt,
): readonly MessagePiece[] {
  return pieces.map((one, i) => i === index ? { state: "sent", externalId } : one);
}

/** What all pieces together tell: the message goes by the last one's id, and is known by all. */
export function joinReceipts(
  pieces: readonly MessagePiece[],
  receipts: readonly SendReceipt[],
): SendReceipt {
  const ids = pieces.map(({ externalId }) => externalId).filter((id) => id !== null);
  const later = receipts.flatMap((receipt) => receipt.later ?? []);
  const refused = receipts.flatMap((receipt) => receipt.refused ?? []);
  const isDelivered = receipts.every(({ status }) => status === "delivered");
  return {
    externalId: ids.at(-1) ?? null,
    aliases: [...ids.slice(0, -1), ...receipts.flatMap(({ aliases = [] }) => aliases)],
    status: isDelivered ? "delivered" : "sent",
    ...later.length === 0 ? {} : { later },
    ...refused.length === 0 ? {} : { refused },
  };
}

/** A failure of one piece in words that say how far the others got. */
export function pieceWords(pieces: readonly MessagePiece[] | undefined, message: string): string {
  const sent = pieces?.filter(({ state }) => state === "sent").length ?? 0;
  return pieces === undefined || sent === 0
    ? message
    : `${sent} of its ${pieces.length} parts left. ${message}`;
}

/** Which piece an id of the provider's is of, when it is not the one the message goes by; else -1. */
export function earlierPiece({ pieces = [] }: Pick<Message, "pieces">, externalId: string): number {
  const index = pieces.findIndex((one) => one.externalId === externalId);
  return index === pieces.findLastIndex((one) => one.externalId !== null) ? -1 : index;
}
