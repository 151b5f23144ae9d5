/** Plain text as a piece of HTML that shows it line by line. */
export function textAsHtml(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<div dir="auto">${escaped.replace(/ {2}/g, " &nbsp;").replaceAll("\n", "<br>\n")}</div>`;
}
