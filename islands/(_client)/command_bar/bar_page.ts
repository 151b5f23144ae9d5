/** What the command bar shows: pages of items; an item does something or asks on a page of its own. */
import type { IconName } from "../../(_components)/icon_names.ts";

export interface BarItem {
  /** The same for ever, for what was used lately. */
  readonly id: string;
  readonly words: string;
  /** More words to find it by. */
  readonly also?: string;
  /** Quiet words beside: when, whose address, how many. */
  readonly detail?: string;
  /** The heading it stands under. */
  readonly group: string;
  readonly icon?: IconName;
  /** A person in place of an icon. */
  readonly face?: { readonly id: string; readonly name: string; readonly of?: "team" };
  /** As in a command: one entry for each press. */
  readonly keys?: readonly string[];
  /** It is so already. */
  readonly isChosen?: boolean;
  /** What it asks first; else it runs at once. */
  readonly page?: () => BarPage;
  run?(): void;
}

export interface BarPage {
  /** Of the commands that led here, such as "Snooze until"; null on the first page. */
  readonly title: string | null;
  readonly placeholder: string;
  /** All there is to choose from. The bar keeps what fits the words, unless they fit already. */
  items(words: string): readonly BarItem[];
  /** `items` are made for the words and stand in their own order, such as a moment that was typed. */
  readonly areFitting?: boolean;
  /** What the server finds for words; shown below the others. Never rejects. */
  find?(words: string): Promise<readonly BarItem[]>;
}
