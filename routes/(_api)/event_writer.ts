import type { ApiTyping } from "@/core/model/api.ts";
import type { FeedItem, FilledChange } from "@/core/mod.ts";
import type { SseEvent } from "../(_shared)/sse.ts";
import {
  contactView,
  conversationView,
  isoTime,
  messageView,
  type SignAttachment,
} from "../(_shared)/views.ts";

/** Members of an event that are the same for everybody who may see it, as JSON. */
interface Shared {
  /** `"at":…,"actor":…` and the ids. */
  readonly about: string;
  readonly changed: string;
  readonly message: string;
  readonly contact: string;
  /** The conversation as those who read it and those who did not see it. */
  readonly read: string;
  readonly unread: string;
}

/**
 * Writes feed items as events. What a change looks like is worked out once for all streams of the process: at a
 * hundred streams that is most of the work.
 */
export function createEventWriter(
  sign: SignAttachment,
): (item: FeedItem) => Promise<SseEvent> {
  const known = new WeakMap<FilledChange, Promise<Shared>>();

  function shared(filled: FilledChange): Promise<Shared> {
    const before = known.get(filled);
    if (before) return before;
    const made = share(filled, sign);
    known.set(filled, made);
    made.catch(() => known.delete(filled));
    return made;
  }

  return async (item) => {
    switch (item.kind) {
      case "hello":
        return { id: item.cursor, event: "hello", data: JSON.stringify({ cursor: item.cursor }) };
      case "reset":
        return { id: item.cursor, event: "reset", data: JSON.stringify({ cursor: item.cursor }) };
      case "counts":
        return { event: "counts", data: JSON.stringify(item.counts) };
      case "typing": {
        const { conversationId, who, isTyping } = item.sign;
        const { type, id, name } = who;
        const typing: ApiTyping = { conversationId, who: { type, id, name }, isTyping };
        return { event: "typing", data: JSON.stringify(typing) };
      }
      case "change":
        return write(item, await shared(item.visible.filled));
    }
    return item satisfies never;
  };
}

type ChangeItem = Extract<FeedItem, { readonly kind: "change" }>;

function write({ cursor, visible, row }: ChangeItem, parts: Shared): SseEvent {
  const conversation = row === null ? "" : row.unread ? parts.unread : parts.read;
  switch (visible.kind) {
    case "whole": {
      const { type } = visible.filled.change;
      const rest = parts.changed + conversation + parts.message + parts.contact;
      return { id: cursor, event: type, data: `{"type":"${type}",${parts.about}${rest}}` };
    }
    case "gone": {
      const type = "conversation.deleted";
      return { id: cursor, event: type, data: `{"type":"${type}",${parts.about}}` };
    }
    case "read": {
      const type = "conversation.updated";
      const changed = `,"changed":["unread"]`;
      return {
        id: cursor,
        event: type,
        data: `{"type":"${type}",${parts.about}${changed}${conversation}}`,
      };
    }
  }
  return visible satisfies never;
}

async function share(filled: FilledChange, sign: SignAttachment): Promise<Shared> {
  const { change, conversation, message, contact } = filled;
  const { type, id, name } = change.actor;
  const about = {
    at: isoTime(filled.at),
    actor: { type, id, name },
    conversationId: change.conversationId,
    messageId: change.messageId,
    contactId: change.contactId,
  };
  const row = (unread: boolean) => conversation && conversationView({ ...conversation, unread });
  return {
    about: JSON.stringify(about).slice(1, -1),
    changed: member("changed", change.changed),
    message: member("message", message && await messageView(message, sign)),
    contact: member("contact", contact && contactView(contact)),
    read: member("conversation", row(false)),
    unread: member("conversation", row(true)),
  };
}

function member(name: string, value: unknown): string {
  return value === null || value === undefined ? "" : `,"${name}":${JSON.stringify(value)}`;
}
