/** Elements open at once before HTML counts as hostile; real mail stays below 300. */
export const MAX_NESTING = 1_000;

/**
 * Whether HTML opens more than {@link MAX_NESTING} elements inside each other. The sanitiser and the text converter
 * take time that grows with depth × length, so they only get what passes here. Counts with the sanitiser's own parser
 * and stops at the limit: no trick of quoting or implied end tags makes the two disagree.
 */
export async function isNestedTooDeeply(html: string): Promise<boolean> {
  const { Parser } = await import("htmlparser2");
  let depth = 0;
  let isTooDeep = false;
  const parser = new Parser({
    onopentag() {
      if (++depth > MAX_NESTING) isTooDeep = true;
    },
    onclosetag() {
      depth--;
    },
  });
  // In pieces, because the parser cannot be told to stop: a piece that goes too deep costs little by itself.
  for (let at = 0; at < html.length && !isTooDeep; at += PIECE) {
    parser.write(html.slice(at, at + PIECE));
  }
  if (!isTooDeep) parser.end();
  return isTooDeep;
}

const PIECE = 16_384;
