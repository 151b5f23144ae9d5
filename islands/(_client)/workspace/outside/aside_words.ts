import type { ApiMessage } from "../../../../core/model/api.ts";

/** Who sees it: "Only your team and bob@supplier.example see this". Pure. */
export function asideWords({ aside }: Pick<ApiMessage, "aside">): string {
  const names = (aside?.to ?? []).map(({ address }) => address);
  const [first = "one outside", ...more] = names;
  const who = more.length === 0
    ? first
    : more.length === 1
    ? `${first} and ${more[0]}`
    : `${first} and ${more.length} others`;
  return `Only your team and ${who} see this`;
}

/** The line above what was passed on, as the server writes it. */
const FORWARDED_LINE = "---------- Forwarded message ----------";

/** Its author's own words, and what they passed on: the thread has that already. Pure. */
export function splitForwarded(
  text: string,
): { readonly note: string; readonly forwarded: string } {
  const at = text.indexOf(FORWARDED_LINE);
  const isLine = at === 0 || text[at - 1] === "\n";
  return at < 0 || !isLine
    ? { note: text, forwarded: "" }
    : { note: text.slice(0, at).trimEnd(), forwarded: text.slice(at) };
}
