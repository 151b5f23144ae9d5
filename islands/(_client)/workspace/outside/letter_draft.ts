/** What is being written to people outside a thread: passed on to them, or the beginning of a conversation. */
import type { ApiMessage } from "../../../../core/model/api.ts";
import type { Person, Recipients } from "../recipients.ts";

/** Words, and the same with their form; null when the text says all of it. */
export interface LetterWords {
  readonly text: string;
  readonly html: string | null;
}

export interface ForwardDraft {
  readonly conversationId: string;
  /** The message that is passed on or answered; null: the whole conversation. */
  readonly message: ApiMessage | null;
  readonly to: readonly Person[];
  readonly words: LetterWords;
}

export interface StartDraft {
  /** Null: the first that can be written by. */
  readonly channelId: string | null;
  readonly recipients: Recipients;
  readonly contactId: string | null;
  readonly subject: string;
  readonly words: LetterWords;
}

const NO_WORDS: LetterWords = { text: "", html: null };

/** Nothing written yet. An answer goes to whoever it answers. */
export function forwardDraft(conversationId: string, message: ApiMessage | null): ForwardDraft {
  return { conversationId, message, to: message?.aside?.to ?? [], words: NO_WORDS };
}

export const EMPTY_START: StartDraft = {
  channelId: null,
  recipients: { to: [], cc: [], bcc: [] },
  contactId: null,
  subject: "",
  words: NO_WORDS,
};

/** As the API takes words. */
export function wordsInput({ text, html }: LetterWords): { text: string; html?: string } {
  return html === null ? { text } : { text, html };
}
