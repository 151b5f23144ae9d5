/** Bytes. Longer ones are no use to anybody: RFC 5322 ends a line there, and the adapter contract an id. */
const MAX_LENGTH = 998;

/**
 * The message ids in a Message-ID, In-Reply-To or References header, in order, without brackets and repetition.
 * Copes with missing brackets, commas, folded lines and free text around.
 */
export function messageIdsIn(header: string): readonly string[] {
  const bracketed = [...header.slice(0, 65_536).matchAll(/<([^<>]*)>/g)]
    .map(([, id = ""]) => id.replace(/\s+/g, ""));
  const found = bracketed.some(isMessageId)
    ? bracketed
    : header.slice(0, 65_536).split(/[\s,<>]+/).filter((word) => word.includes("@"));
  return [...new Set(found.filter(isMessageId))];
}

function isMessageId(id: string): boolean {
  return id.length > 0 && new TextEncoder().encode(id).length <= MAX_LENGTH &&
    !/[\p{Cc} ]/u.test(id);
}
