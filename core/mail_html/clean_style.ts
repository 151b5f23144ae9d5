/** Longer style attributes are dropped whole; real ones stay below 1,000 characters. */
const MAX_LENGTH = 4_000;

const PROPERTY = new RegExp(
  `^(?:${
    [
      "color",
      "background(?:-color)?",
      "font(?:-(?:family|size|style|weight|variant|stretch))?",
      "text-(?:align|decoration(?:-(?:line|color|style|thickness))?|indent|transform)",
      "line-height",
      "letter-spacing",
      "word-(?:spacing|break|wrap)",
      "white-space",
      "overflow-wrap",
      "direction",
      "vertical-align",
      "(?:margin|padding)(?:-(?:top|right|bottom|left))?",
      "border(?:-(?:top|right|bottom|left))?(?:-(?:width|style|color))?",
      "border(?:-(?:top|bottom)-(?:left|right))?-radius",
      "border-(?:collapse|spacing)",
      "(?:min-|max-)?(?:width|height)",
      "display",
      "float",
      "clear",
      "list-style(?:-(?:type|position))?",
      "table-layout",
      "caption-side",
      "empty-cells",
      "box-sizing",
      "opacity",
      "visibility",
    ].join("|")
  })$`,
);

/** No backslash (escapes), no "@", "<", ":" or "/*"; only functions that compute colours and lengths. */
const VALUE = /^[\p{L}\p{N}\s#%.,()'"!+*/_-]+$/u;
const FUNCTION = /([\p{L}\p{N}_-]*)\(/gu;
const FUNCTIONS = new Set(["rgb", "rgba", "hsl", "hsla", "calc"]);

/**
 * What may stay of a style attribute: colours, type, spacing, borders and sizes. Nothing that loads, positions over
 * other content, or needs an escape to be read.
 * @returns declarations joined by ";", empty when none stays
 */
export function cleanStyle(style: string): string {
  if (style.length > MAX_LENGTH) return "";
  const kept: string[] = [];
  for (const declaration of style.split(";")) {
    const colon = declaration.indexOf(":");
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (colon > 0 && PROPERTY.test(property) && isHarmless(value)) {
      kept.push(`${property}:${value}`);
    }
  }
  return kept.join(";");
}

function isHarmless(value: string): boolean {
  if (!VALUE.test(value) || value.includes("/*")) return false;
  const quotes = value.replace(/[^'"]/g, "");
  // An open quote would swallow the next declaration.
  if (!/^(?:''|"")*$/.test(quotes)) return false;
  for (const [, name = ""] of value.matchAll(FUNCTION)) {
    if (!FUNCTIONS.has(name.toLowerCase())) return false;
  }
  return count(value, "(") === count(value, ")");
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
