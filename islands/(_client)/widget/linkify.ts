/** Plain text cut at its web addresses. Pure. */
export interface TextPiece {
  readonly text: string;
  /** Present for a web address. */
  readonly href?: string;
}

/** Only http and https; a full stop or bracket that ends the sentence is not of the address. */
export function linkify(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"]+/gi)) {
    const address = trimmed(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function trimmed(address: string): string {
  const plain = address.replace(/[.,;:!?'"”’]+$/, "");
  return plain.endsWith(")") && !plain.includes("(") ? plain.slice(0, -1) : plain;
}
