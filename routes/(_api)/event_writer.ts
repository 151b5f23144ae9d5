import type { ApiDraftNews, ApiPresence, ApiTyping } from "@/core/model/api.ts";
import { type FeedItem, type FilledChange, joinBytes, type SeenChange } from "@/core/mod.ts";
import { encodeSse, type SseChunk, type SseEvent } from "../(_shared)/sse.ts";
import { draftView } from "../(_shared)/draft_views.ts";
import {
  contactView,
  conversationView,
  isoTime,
  messageView,
  type SignAttachment,
} from "../(_shared)/views.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How a change looks: to those who have read the conversation, to those who have not, to those it left, … */
type Look = "seen" | "unseen" | "gone" | "read" | "read_unseen";

/**
 * Writes feed items as events. How a change looks is worked out once for all streams of the process, down to the
 * bytes: at a hundred streams that is most of the work.
 */
export function createEventWriter(sign: SignAttachment): (item: FeedItem) => Promise<SseChunk> {
  const known = new WeakMap<FilledChange, Map<Look, Promise<Bytes>>>();

  function writtenOnce(item: SeenChange): Promise<Bytes> {
    const { filled } = item.visible;
    const looks = known.get(filled) ?? new Map<Look, Promise<Bytes>>();
    known.set(filled, looks);
    const look = lookOf(item);
    const before = looks.get(look);
    if (before) return before;
    const writing = writeChange(item, sign).then(encodeSse);
    looks.set(look, writing);
    // The next stream tries again.
    writing.catch(() => looks.delete(look));
    return writing;
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
      case "presence": {
        const { conversationId, people } = item.here;
        const presence: ApiPresence = { conversationId, people: people.map((one) => ({ ...one })) };
        return { event: "presence", data: JSON.stringify(presence) };
      }
      case "draft": {
        const { conversationId, kind, draftId, draft } = item.news;
        const news: ApiDraftNews = {
          conversationId,
          kind,
          draftId,
          draft: draft && await draftView(draft, sign),
        };
        return { event: "draft", data: JSON.stringify(news) };
      }
      case "changes": {
        // A commit's events leave in one piece: at many streams each piece costs.
        const parts = await Promise.all(item.changes.map(writtenOnce));
        const [only, ...more] = parts;
        return only !== undefined && more.length === 0 ? only : joinBytes(parts);
      }
    }
    return item satisfies never;
  };
}

function lookOf({ visible, isUnread }: SeenChange): Look {
  switch (visible.kind) {
    case "gone":
      return "gone";
    case "read":
      return isUnread ? "read_unseen" : "read";
    case "whole":
      return isUnread ? "unseen" : "seen";
  }
  return visible satisfies never;
}

async function writeChange(
  { cursor, visible, isUnread }: SeenChange,
  sign: SignAttachment,
): Promise<SseEvent> {
  const { change, conversation, window, message, contact, at } = visible.filled;
  const { type, id, name } = change.actor;
  const about = {
    at: isoTime(at),
    actor: { type, id, name },
    conversationId: change.conversationId,
    messageId: change.messageId,
    contactId: change.contactId,
    job: change.job,
  };
  const row = conversation && conversationView({ ...conversation, unread: isUnread, window });
  switch (visible.kind) {
    case "whole":
      return event(cursor, change.type, {
        ...about,
        changed: change.changed,
        ...(row && { conversation: row }),
        ...(message && { message: await messageView(message, sign) }),
        ...(contact && { contact: contactView(contact) }),
      });
    case "gone":
      return event(cursor, "conversation.deleted", about);
    case "read":
      return event(cursor, "conversation.updated", {
        ...about,
        changed: ["unread"],
        ...(row && { conversation: row }),
      });
  }
  return visible satisfies never;
}

function event(id: string, type: string, data: Readonly<Record<string, unknown>>): SseEvent {
  return { id, event: type, data: JSON.stringify({ type, ...data }) };
}
