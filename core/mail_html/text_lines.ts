import type { HtmlToken } from "./html_tokens.ts";

/** Text that stands on one line when shown: up to a line break or the edge of a block. */
export interface TextLine {
  readonly text: string;
  /** Its first token. */
  readonly start: number;
  /** The token after its last. */
  readonly end: number;
}

const INLINE = new Set([
  ...[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
  ],
  ...["ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"],
  ...["time", "tt", "u", "var", "wbr"],
]);
/** Only the beginning of a line is ever looked at. */
const MAX_TEXT = 500;

/** The lines of sanitised HTML that are not blank. */
export function textLines(tokens: readonly HtmlToken[]): readonly TextLine[] {
  const lines: TextLine[] = [];
  let pieces: string[] = [];
  let start = -1;
  let length = 0;

  const end = (at: number) => {
    const text = decode(pieces.join("")).replace(/\s+/g, " ").trim();
    if (text !== "") lines.push({ text, start, end: at });
    pieces = [];
    start = -1;
    length = 0;
  };

  tokens.forEach(({ kind, name, raw }, index) => {
    if (kind === "text") {
      if (raw.trim() === "" && start < 0) return;
      if (start < 0) start = index;
      // One more than is looked at tells long lines from short ones.
      if (length <= MAX_TEXT) pieces.push(raw.slice(0, MAX_TEXT + 1));
      length += raw.length;
    } else if (!INLINE.has(name)) {
      end(index);
    }
  });
  end(tokens.length);
  return lines;
}

/** The entities the sanitiser writes. */
function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&nbsp;", " ").replaceAll("\u00a0", " ").replaceAll("&amp;", "&");
}
