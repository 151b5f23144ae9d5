import type { SuggestionSource } from "./suggestion.ts";

export interface ReadSign {
  readonly sign: SuggestionSource["sign"];
  readonly query: string;
}

const SIGN = /(?:^|[\s(])([@:/])((?:[^\s@:/][^@:/\n]{0,39})?)$/;

/** The sign and what stands behind it up to the caret; null where nothing is being picked. Pure. */
export function readSign(lineBefore: string | null): ReadSign | null {
  const [, sign, query = ""] = SIGN.exec(lineBefore ?? "") ?? [];
  return sign === "@" || sign === ":" || sign === "/" ? { sign, query } : null;
}
