/** What is being written in one composer, as data. */
import type { ApiAttachment, ApiMessage, ApiTemplate } from "../../../core/model/api.ts";
import { richHtml } from "./editor/rich_html.ts";
import { plainNodes } from "./editor/rich_node.ts";
import type { AddressLine, Recipients } from "./recipients.ts";

/** A file that goes along, on its way or arrived. */
export interface ComposerFile {
  /** Unique in this tab. */
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** 0–100. */
  readonly percent: number;
  /** Set when it has arrived. */
  readonly attachment: ApiAttachment | null;
  /** In words, when it did not. */
  readonly error: string | null;
  /** It can be tried again: it was refused by nobody, only lost on its way. */
  readonly canRetry: boolean;
  /** A picture among the words, which call it {@link cidOf}; it goes along only as long as they do. */
  readonly isInline: boolean;
  /** Where this browser shows it until it has arrived; null for what is not looked at. */
  readonly localUrl: string | null;
}

/** Whom a comment calls; it counts while the text says "@" and the name. */
export interface ComposerMention {
  readonly type: "user" | "team";
  readonly id: string;
  readonly name: string;
}

/** Somebody wrote meanwhile: nothing was sent. */
export interface GuardNews {
  readonly version: number;
  readonly messages: readonly ApiMessage[];
}

/** A template that was chosen, and what was filled in. */
export interface ComposerTemplate {
  readonly template: ApiTemplate;
  /** One for each of its places. */
  readonly values: readonly string[];
}

/** One composer. */
export interface ComposerState {
  readonly text: string;
  /** The same with its form; null when the text says all of it. */
  readonly html: string | null;
  readonly mentions: readonly ComposerMention[];
  readonly files: readonly ComposerFile[];
  readonly guard: GuardNews | null;
  /** Conversation version its author saw; null until they write. */
  readonly baseVersion: number | null;
  /** Whom a letter goes to; null: everybody on the thread. */
  readonly recipients: Recipients | null;
  /** Whether a letter quotes the earlier mails; null: as its channel does. */
  readonly history: boolean | null;
  /** Address lines with text that is no address yet. */
  readonly unfinished: readonly AddressLine[];
  /** Titles of the answers that go along, as they are typed. */
  readonly quickReplies: readonly string[];
  /** What is sent in place of the text when the reply window is over. */
  readonly template: ComposerTemplate | null;
  /** The id of a try nobody knows the end of, with what it said. */
  readonly lastTry: { readonly id: string; readonly body: string } | null;
}

/** Nothing is written. */
export const EMPTY: ComposerState = {
  text: "",
  html: null,
  mentions: [],
  files: [],
  guard: null,
  baseVersion: null,
  recipients: null,
  history: null,
  unfinished: [],
  quickReplies: [],
  template: null,
  lastTry: null,
};

/** What the words call a picture among them. */
export function cidOf({ key }: Pick<ComposerFile, "key">): string {
  return `file-${key}`;
}

/** Whether a file goes along: a picture that was taken out of the words does not. */
export function isWanted(file: ComposerFile, { html }: Pick<ComposerState, "html">): boolean {
  return !file.isInline || (html ?? "").includes(`"cid:${cidOf(file)}"`);
}

/** Two texts one below the other, if one of them has a form. */
export function joinedHtml(above: ComposerState, below: ComposerState): string | null {
  if (above.html === null && below.html === null) return null;
  const asHtml = ({ text, html }: ComposerState) => html ?? richHtml(plainNodes(text));
  return `${asHtml(above)}<div><br></div>${asHtml(below)}`;
}
