/** One declaration of a custom property, in CSS that was made small: no comment, no line break, no space around it. */
const DECLARATION = /(--[\w-]+):(?:[^;{}"']|"[^"]*"|'[^']*')*(?:;|(?=\}))/g;

/**
 * Takes custom properties that nothing reads out of a minified style sheet: a bundle that imports the design tokens
 * carries only those it uses. What a script reads by name must also stand in a `var()` of the sheet.
 */
export function dropUnusedProperties(css: string): string {
  while (true) {
    const used = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
    const next = css.replace(DECLARATION, (whole, name) => used.has(name) ? whole : "");
    // A property may have been read only by one that is gone now.
    if (next.length === css.length) return next;
    css = next;
  }
}
