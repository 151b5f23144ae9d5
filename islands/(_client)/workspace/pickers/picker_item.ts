import type { ComponentChildren } from "preact";
import type { IconName } from "../../../(_components)/icon_names.ts";

/** A line of a menu in which something is chosen for the targets. */
export interface PickerItem {
  /** Unique in its menu. */
  readonly id: string;
  readonly words: string;
  readonly icon?: IconName;
  /** In place of the icon: somebody of the team, a team, or nobody. */
  readonly face?: {
    readonly id: string;
    readonly name: string;
    readonly of: "team" | "nobody";
    readonly pictureUrl?: string | null;
  };
  /** In place of the words. */
  readonly look?: ComponentChildren;
  /** Quiet words at the end. */
  readonly end?: string | undefined;
  /** It is so already, for all of them or for some. */
  readonly state?: "on" | "mixed" | undefined;
  /** More than one may be chosen: a box in front shows its state. */
  readonly hasBox?: boolean;
  /** A heading or a line above it. */
  readonly above?: { readonly head: string } | "line";
  run(): void;
  /** The menu stays open for more. */
  readonly staysOpen?: boolean;
}

/** What a menu holds for what was typed. */
export type PickerItems = (query: string) => readonly PickerItem[];

/** Whether every word that was typed begins a word of the text; any text when nothing was. */
export function fitsQuery(text: string, query: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(query).split(/\s+/).every((typed) => words.some((word) => word.startsWith(typed)));
}

/** Without marks and case: "Ré" finds "Rental" by "re". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
