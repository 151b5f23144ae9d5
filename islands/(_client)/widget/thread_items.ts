/** A thread as it is drawn: days, and runs of one person's messages. Pure. */
import type { VisitorMessageJson } from "@/core/model/visitor_api.ts";
import type { Outgoing, Upload } from "./state.ts";

/** Messages of one person this close together stand under one name, in ms. */
const TOGETHER_MS = 5 * 60_000;

export type ThreadItem =
  | { readonly kind: "day"; readonly at: number; readonly key: string }
  | {
    readonly kind: "run";
    readonly key: string;
    readonly author: VisitorMessageJson["author"];
    readonly messages: readonly VisitorMessageJson[];
    /** Said under the visitor's newest message that the team has read, and under the newest of all. */
    readonly status: "read" | "sent" | null;
  }
  | { readonly kind: "outgoing"; readonly key: string; readonly message: Outgoing }
  | { readonly kind: "upload"; readonly key: string; readonly upload: Upload };

export interface ThreadParts {
  /** Oldest first. */
  readonly messages: readonly VisitorMessageJson[];
  readonly outgoing: readonly Outgoing[];
  readonly uploads: readonly Upload[];
  /** The day a time falls on, where the visitor is. */
  dayOf(at: number): string;
}

export function threadItems(
  { messages, outgoing, uploads, dayOf }: ThreadParts,
): readonly ThreadItem[] {
  const items: ThreadItem[] = [];
  const own = messages.filter(isOwn);
  const newest = own.at(-1)?.id;
  const answered = messages.slice(0, messages.findLastIndex(isAnswer) + 1).findLast(isOwn);
  const read = own.findLast((one) => one.status === "read" || one === answered);
  const newestRead = read?.id;
  let run: VisitorMessageJson[] = [];
  let day = "";
  const close = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) return;
    const status = last.id === newestRead ? "read" : last.id === newest ? "sent" : null;
    items.push({ kind: "run", key: first.id, author: last.author, messages: run, status });
    run = [];
  };
  for (const message of messages) {
    const at = Date.parse(message.createdAt);
    if (dayOf(at) !== day) {
      close();
      day = dayOf(at);
      items.push({ kind: "day", key: `day ${day}`, at });
    } else if (!continues(run.at(-1), message)) close();
    run.push(message);
    // What is said of a message stands under it, so its run ends there.
    if (message.id === newestRead) close();
  }
  close();
  for (const message of outgoing) items.push({ kind: "outgoing", key: message.id, message });
  for (const upload of uploads) items.push({ kind: "upload", key: upload.key, upload });
  return items;
}

export function isOwn(message: VisitorMessageJson): boolean {
  return message.author.type === "visitor";
}

/** Who answers has read what was written before. A bot answers unread. */
function isAnswer(message: VisitorMessageJson): boolean {
  return message.author.type === "agent";
}

function continues(before: VisitorMessageJson | undefined, message: VisitorMessageJson): boolean {
  return before !== undefined &&
    before.author.type === message.author.type && before.via === message.via &&
    (isOwn(message) || before.author.name === message.author.name) &&
    Date.parse(message.createdAt) - Date.parse(before.createdAt) < TOGETHER_MS;
}
