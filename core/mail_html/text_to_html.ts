import { escapeHtml } from "../model/escape_html.ts";

/** HTML that shows plain text as it is: lines stay lines, runs of spaces stay. */
export function textToHtml(text: string): string {
  return escapeHtml(text).replace(/ {2}/g, " &nbsp;").replaceAll("\n", "<br>\n");
}
