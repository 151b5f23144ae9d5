const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for HTML, in text and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** HTML that shows plain text as it is: lines stay lines, runs of spaces stay. */
export function textToHtml(text: string): string {
  return escapeHtml(text).replace(/ {2}/g, " &nbsp;").replaceAll("\n", "<br>\n");
}
