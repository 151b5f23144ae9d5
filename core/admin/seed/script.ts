import type { InboxKey, Locale } from "./plan.ts";

/** Who says a line: the customer, one of the team to the customer, or one of the team to the others. */
export type Speaker = "c" | "a" | "n";

/**
 * A conversation as it may go. A run takes a part of the turns, from the first on. In braces stand words that each run
 * draws anew: {bike} {part} {order} {size} {day} {time} {price} {name} (customer) {agent} (who answers).
 */
export interface Script {
  readonly locale: Locale;
  readonly inbox: InboxKey;
  /** How it comes in. */
  readonly via: readonly ("chat" | "mail")[];
  /** Of its mail. */
  readonly subject: string;
  readonly tags?: readonly string[];
  readonly turns: readonly (readonly [speaker: Speaker, text: string])[];
}
