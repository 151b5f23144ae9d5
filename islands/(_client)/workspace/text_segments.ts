/** Text as people wrote it, with its addresses found: never HTML. */

export type TextSegment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

/** One pass, no backtracking: every part consumes what it matches or stops at a space. */
const LINK = /https?:\/\/[^\s<>"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi;

/** Finds web and mail addresses. The texts of all segments together are the input. */
export function textSegments(text: string): readonly TextSegment[] {
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const found = withoutTail(match[0]);
    const href = hrefOf(found);
    if (href === null) continue;
    if (match.index > end) segments.push({ kind: "text", text: text.slice(end, match.index) });
    segments.push({ kind: "link", text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) segments.push({ kind: "text", text: text.slice(end) });
  return segments;
}

/** A dot or bracket after an address belongs to the sentence, unless the bracket was opened in it. */
function withoutTail(found: string): string {
  let end = found.length;
  while (end > 0) {
    const last = found[end - 1] ?? "";
    const opening = last === ")" ? "(" : last === "]" ? "[" : null;
    if (opening !== null ? found.slice(0, end).includes(opening) : !".,;:!?'…".includes(last)) {
      break;
    }
    end--;
  }
  return found.slice(0, end);
}

function hrefOf(found: string): string | null {
  if (!/^https?:/i.test(found)) return found.includes("@") ? `mailto:${found}` : null;
  return URL.canParse(found) ? new URL(found).href : null;
}
