import type { ChannelView, Delivery } from "./adapter.ts";

/** What Parley asks of a channel that writes letters (capability `email`) before one is sent. Pure, from its settings. */
export interface LettersPort<Config> {
  /** Addresses whose mail comes to this channel, in lower case: a reply to all leaves them out. */
  ownAddresses(config: Config): readonly string[];
  /** How a letter begins and ends. What it answers is shown to the author and sent as it is. */
  style(config: Config, facts: LetterFacts): LetterStyle;
  /** The letter a delivery holds, as a mail program would keep it (message/rfc822); null when it holds none. Total. */
  original(delivery: Delivery, channel: ChannelView<Config>): Promise<OriginalMail | null>;
}

/** A letter as it came. */
export interface OriginalMail {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** It came in pieces and was put together again: what it says is the sender's, its bytes are not. */
  readonly isRebuilt: boolean;
}

export interface LetterFacts {
  /** Who writes; null when no person does. */
  readonly agent: {
    readonly name: string;
    readonly meetingLink: string;
    /** Template of their own; empty when they have none. */
    readonly signature: string;
  } | null;
  readonly workspaceName: string;
  readonly contactName: string;
}

export interface LetterStyle {
  readonly from: { readonly name: string; readonly address: string };
  /** Plain text below the letter; empty for none. */
  readonly signature: string;
  /** Earlier mails are quoted below it, unless its author says otherwise. */
  readonly includesHistory: boolean;
}

/** An earlier mail as a letter quotes it. */
export interface QuotedMail {
  readonly authorName: string;
  /** Epoch ms. */
  readonly at: number;
  /** What its author wrote, without what they quoted. */
  readonly text: string;
}

/** Names a template may use, as `{{name}}` or `{{name|words instead}}`. */
export const LETTER_VARIABLES = [
  "agent.name",
  "agent.firstName",
  "agent.meetingLink",
  "agent.signature",
  "company",
  "contact.name",
  "contact.firstName",
] as const;
export type LetterVariable = typeof LETTER_VARIABLES[number];

const VARIABLE = /\{\{\s*([A-Za-z.]+)\s*(?:\|([^{}\n]*))?\}\}/g;

/**
 * Fills a template. A variable without a value gives the words behind its bar; a line whose variables are all empty is
 * left out, so that "Book a call: {{agent.meetingLink}}" is not half a sentence. Values are never read as templates.
 */
export function fillTemplate(
  template: string,
  values: Partial<Readonly<Record<LetterVariable, string>>>,
): string {
  const known: ReadonlyMap<string, string> = new Map(Object.entries(values));
  return template.split("\n").flatMap((line) => {
    let count = 0;
    let filled = 0;
    const text = line.replace(VARIABLE, (_, name: string, instead: string | undefined) => {
      count++;
      const value = known.get(name)?.trim() || instead?.trim() || "";
      if (value !== "") filled++;
      return value;
    });
    return count > 0 && filled === 0 ? [] : [text.trimEnd()];
  }).join("\n").trim();
}

/** The first name in a template that is none, for its author; null when all are known. */
export function unknownVariable(template: string): string | null {
  const names: readonly string[] = LETTER_VARIABLES;
  for (const [, name = ""] of template.matchAll(VARIABLE)) if (!names.includes(name)) return name;
  return null;
}
