/** A thread as it is drawn: days, bubbles grouped by who and when, mails, comments, quiet lines. */
import type { ApiMessage } from "../../../core/model/api.ts";
import { isSameDay } from "../../(_components)/format_time.ts";

export type ThreadItem =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "event"; readonly key: string; readonly message: ApiMessage }
  | { readonly kind: "comment"; readonly key: string; readonly message: ApiMessage }
  | { readonly kind: "mail"; readonly key: string; readonly message: ApiMessage }
  | { readonly kind: "bubbles"; readonly key: string; readonly messages: readonly ApiMessage[] };

export interface ThreadItemsOptions {
  /** The channel writes letters, not chat. */
  readonly isMail: boolean;
  readonly timeZone: string;
  readonly newFromSeq: number | null;
}

/** Bubbles of one person stay together as long as no pause is longer. */
const PAUSE_MS = 5 * 60_000;

/** @param messages in the order they are shown. */
export function threadItems(
  messages: readonly ApiMessage[],
  { isMail, timeZone, newFromSeq }: ThreadItemsOptions,
): readonly ThreadItem[] {
  const items: ThreadItem[] = [];
  let previous: ApiMessage | null = null;
  let isNewShown = newFromSeq === null;
  for (const message of messages) {
    const at = Date.parse(message.createdAt);
    let isBroken = false;
    if (previous === null || !isSameDay(Date.parse(previous.createdAt), at, timeZone)) {
      items.push({ kind: "day", key: `day:${message.id}`, at });
      isBroken = true;
    }
    if (!isNewShown && newFromSeq !== null && message.seq >= newFromSeq) {
      items.push({ kind: "new", key: "new" });
      isNewShown = true;
      isBroken = true;
    }
    const last = items.at(-1);
    if (
      !isBroken && last?.kind === "bubbles" && previous !== null &&
      belongTogether(previous, message)
    ) {
      items[items.length - 1] = { ...last, messages: [...last.messages, message] };
    } else {
      items.push(itemOf(message, isMail));
    }
    previous = message;
  }
  return items;
}

function itemOf(message: ApiMessage, isMail: boolean): ThreadItem {
  const key = message.id;
  // What was taken back before it left is no message any more, only something that happened.
  if (message.kind === "event" || message.status === "canceled") {
    return { kind: "event", key, message };
  }
  if (message.kind === "comment") return { kind: "comment", key, message };
  if (isMail || message.email !== undefined) return { kind: "mail", key, message };
  return { kind: "bubbles", key, messages: [message] };
}

function belongTogether(previous: ApiMessage, message: ApiMessage): boolean {
  return message.kind === previous.kind && message.kind !== "comment" &&
    message.kind !== "event" && message.email === undefined &&
    message.author.type === previous.author.type && message.author.id === previous.author.id &&
    // Who wrote elsewhere has a name only.
    message.author.name === previous.author.name && message.isOutside === previous.isOutside &&
    isSettled(message) && message.status === previous.status &&
    Date.parse(message.createdAt) - Date.parse(previous.createdAt) <= PAUSE_MS;
}

/** What still needs a hand stands alone, with its own state and buttons. */
function isSettled({ status }: ApiMessage): boolean {
  return status !== "failed" && status !== "ambiguous" && status !== "scheduled" &&
    status !== "canceled";
}
