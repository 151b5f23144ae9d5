/** A piece of sanitised HTML. `raw` pieces joined give the HTML again. */
export interface HtmlToken {
  readonly kind: "open" | "close" | "void" | "text";
  readonly raw: string;
  /** Element name; "" for text. */
  readonly name: string;
}

const VOID = new Set(["br", "hr", "img", "wbr", "col"]);
const TAG = /^<(\/?)([a-z0-9]+)/;

/** Takes apart what the sanitiser wrote: there, "<" and ">" only ever begin and end a tag. */
export function htmlTokens(html: string): readonly HtmlToken[] {
  const tokens: HtmlToken[] = [];
  for (const [raw] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const [, slash, name = ""] = TAG.exec(raw) ?? [];
    const kind = name === "" ? "text" : slash ? "close" : VOID.has(name) ? "void" : "open";
    tokens.push({ kind, raw, name });
  }
  return tokens;
}

/** For each opening tag the index of the tag that closes it. */
export function closingTags(tokens: readonly HtmlToken[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, name }, index) => {
    if (kind === "open") open.push(index);
    if (kind !== "close") return;
    // The sanitiser closes what it opens, in order; anything else is left unpaired.
    const last = open.at(-1);
    if (last === undefined || tokens[last]?.name !== name) return;
    open.pop();
    pairs.set(last, index);
  });
  return pairs;
}
