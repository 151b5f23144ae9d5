import { findMessage, type ShownMessage, shownMessage } from "../conversations/mod.ts";
import type { Change, LogEntry } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type Key, keys, type Store } from "../store/mod.ts";
import type { ReplyWindow } from "../windows/mod.ts";

/** A change with the records it speaks of as they are now; null for what is gone or not part of it. */
export interface FilledChange {
  readonly at: number;
  readonly change: Change;
  /** Place in its commit, from 0. */
  readonly n: number;
  readonly conversation: Conversation | null;
  readonly message: ShownMessage | null;
  readonly contact: Contact | null;
  /** Of the conversation. */
  readonly window: ReplyWindow | null;
}

/** The reply windows of conversations, in their order. */
export type WindowsOf = (
  conversations: readonly Conversation[],
) => Promise<readonly (ReplyWindow | null)[]>;

/** Fills in entries of the log, each once for all who read it: the hub hands every subscriber the same object. */
export class Filler {
  readonly #store: Pick<Store, "blobs" | "get" | "getMany">;
  readonly #windowsOf: WindowsOf;
  readonly #known = new WeakMap<LogEntry, Promise<readonly FilledChange[]>>();

  constructor(store: Pick<Store, "blobs" | "get" | "getMany">, windowsOf: WindowsOf) {
    this.#store = store;
    this.#windowsOf = windowsOf;
  }

  fill(entry: LogEntry): Promise<readonly FilledChange[]> {
    const known = this.#known.get(entry);
    if (known) return known;
    const filling = this.#fill(entry);
    this.#known.set(entry, filling);
    // The next reader tries again.
    filling.catch(() => this.#known.delete(entry));
    return filling;
  }

  async #fill({ at, changes }: LogEntry): Promise<readonly FilledChange[]> {
    const sent = changes.map((change) => isSent(change) ? change : null);
    const [conversations, messages, contacts] = await Promise.all([
      this.#read(sent.map((one) => one?.conversationId), (id) => keys.conversation(id)),
      this.#read(sent.map(messageId), (id) => keys.message(...messagePlace(id))),
      this.#read(sent.map((one) => one?.contactId), (id) => keys.contact(id)),
    ]);
    const shown = await Promise.all(messages.map(async (found, n) => {
      const message = await this.#asItIs(found, sent[n] ?? null, conversations[n] ?? null);
      return message && await shownMessage(this.#store, message);
    }));
    const rows = conversations.filter((one) => one !== null);
    const windows = await this.#windowsOf(rows);
    return changes.map((change, n) => ({
      at,
      change,
      n,
      conversation: conversations[n] ?? null,
      message: shown[n] ?? null,
      contact: contacts[n] ?? null,
      window: windows[rows.findIndex((row) => row === conversations[n])] ?? null,
    }));
  }

  /** Null when the message moved to another conversation since: that one tells of it. */
  async #asItIs(
    found: Message | null,
    change: Change | null,
    conversation: Conversation | null,
  ): Promise<Message | null> {
    if (change?.messageId === undefined || conversation === null) return found;
    if (found?.id === change.messageId && found.seq <= conversation.lastSeq) return found;
    const message = await findMessage((key) => this.#store.get(key), change.messageId);
    return message?.conversationId === conversation.id ? message : null;
  }

  /** Reads what each change names, every record once. */
  async #read<T>(
    ids: readonly (string | undefined)[],
    keyOf: (id: string) => Key<T>,
  ): Promise<readonly (T | null)[]> {
    const wanted = [...new Set(ids.filter((id) => id !== undefined))];
    if (wanted.length === 0) return [];
    const found = await this.#store.getMany(wanted.map(keyOf));
    return ids.map((id) => id === undefined ? null : found[wanted.indexOf(id)] ?? null);
  }
}

/** Whether clients hear of a change at all. */
function isSent({ type }: Change): boolean {
  return type !== "access.changed" && type !== "settings.changed";
}

/** Messages are stored by place; as one text it serves to find each only once. */
function messageId(change: Change | null): string | undefined {
  if (!change?.type.startsWith("message.") || change.seq === undefined) return undefined;
  return change.conversationId === undefined ? undefined : `${change.seq} ${change.conversationId}`;
}

function messagePlace(id: string): [conversationId: string, seq: number] {
  const space = id.indexOf(" ");
  return [id.slice(space + 1), Number(id.slice(0, space))];
}
