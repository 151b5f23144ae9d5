/** Holds rules itself, unlike `@keyframes` and `@font-face`, whose blocks are kept as they are. */
const GROUP = /^@(?:layer|media|supports|container)\b/;

/**
 * Takes rules out of a minified style sheet that can match nothing: each of their selectors wants a class of the sheet's
 * own kind that no script writes. The widget's sheet is drawn for more screens than it has.
 * @param prefix of the classes that are looked for, such as "pw-": whole words, never put together by a script
 */
export function dropUnusedRules(css: string, script: string, prefix: string): string {
  const name = `${prefix}[\\w-]+`;
  const written = new Set(script.match(new RegExp(`(?<![\\w-])${name}`, "g")));
  const wanted = new RegExp(`\\.(${name})`, "g");

  const canMatch = (selector: string) =>
    [...outsideBrackets(selector).matchAll(wanted)].every(([, found = ""]) => written.has(found));

  const keep = (rules: string): string => {
    let kept = "";
    for (let at = 0; at < rules.length;) {
      const end = endOfPrelude(rules, at);
      const prelude = rules.slice(at, end);
      if (rules[end] !== "{") {
        kept += rules.slice(at, end + 1);
        at = end + 1;
        continue;
      }
      const close = endOfBlock(rules, end);
      const body = rules.slice(end + 1, close);
      at = close + 1;
      if (GROUP.test(prelude.trim())) {
        const inner = keep(body);
        if (inner.trim() !== "") kept += `${prelude}{${inner}}`;
        continue;
      }
      const selectors = prelude.startsWith("@") ? [prelude] : listOf(prelude).filter(canMatch);
      if (selectors.length > 0) kept += `${selectors.join(",")}{${body}}`;
    }
    return kept;
  };
  return keep(css);
}

/** Where a rule's block begins, or a statement ends. */
function endOfPrelude(css: string, from: number): number {
  for (let at = from; at < css.length; at = next(css, at)) {
    if (css[at] === "{" || css[at] === ";") return at;
  }
  return css.length;
}

/** Where the block ends that begins at `open`. */
function endOfBlock(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at = next(css, at)) {
    if (css[at] === "{") depth++;
    if (css[at] === "}" && --depth === 0) return at;
  }
  return css.length;
}

/** The selectors of a list; commas in brackets part nothing. */
function listOf(prelude: string): readonly string[] {
  const selectors: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < prelude.length; at = next(prelude, at)) {
    if (prelude[at] === "(") depth++;
    if (prelude[at] === ")") depth--;
    if (prelude[at] !== "," || depth > 0) continue;
    selectors.push(prelude.slice(from, at));
    from = at + 1;
  }
  return [...selectors, prelude.slice(from)];
}

/** The place behind a character, or behind the text that a quote begins. */
function next(css: string, at: number): number {
  const quote = css[at];
  if (quote !== '"' && quote !== "'") return at + 1;
  let end = at + 1;
  while (end < css.length && css[end] !== quote) end += css[end] === "\\" ? 2 : 1;
  return end + 1;
}

/** Without `:not(…)`, whose classes nobody needs to write, and `:is(…)`, of whose classes one is enough. */
function outsideBrackets(selector: string): string {
  const shorter = selector.replace(/\([^()]*\)/g, "");
  return shorter === selector ? selector : outsideBrackets(shorter);
}
