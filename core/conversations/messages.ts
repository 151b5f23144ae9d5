import { can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Drafts } from "../drafts/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Once } from "../idempotency.ts";
import type { RemoteImages } from "../images/mod.ts";
import { retryMedia } from "../media/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import {
  answerChannelOf,
  cancelMessage,
  type ForwardInput,
  forwardMessage,
  NO_MAILBOX,
  type Posted,
  type PostInput,
  postMessage,
  type PostOptions,
  type PostServices,
  readLetterStyle,
  readReplyDefaults,
  type ReplyDefaults,
  rescheduleMessage,
  retryMessage,
  startConversation,
  type StartInput,
} from "../outbox/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { type JournalRecord, type Key, keys, readerOf } from "../store/mod.ts";
import { messageDocument, messageHtml } from "./message_document.ts";
import { findConversation, findMessage } from "./message_place.ts";
import { showsSendersImages } from "./shows_senders_images.ts";
import { type OriginalDelivery, originalMail } from "./original_mail.ts";
import { type ShownMessage, shownMessage } from "./shown_message.ts";
import type { ReadMarks } from "./read_marks.ts";

/** Messages of a page and where to go on. */
export interface MessagePage {
  /** Oldest first. */
  readonly items: readonly ShownMessage[];
  /** Leads to older messages; null at the beginning of the thread. */
  readonly next: string | null;
}

/** A delivery as it came, to be streamed. */
export interface RawDelivery {
  readonly contentType: string;
  readonly size: number;
  /** All of it, or the bytes from `start` up to and without `end`. */
  stream(
    range?: { readonly start: number; readonly end: number },
  ): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** The messages of a thread: read, posted, taken back, sent again. */
export interface Messages {
  /** The latest page first; `before` is a page's `next`, `afterSeq` asks for what came since. */
  list(
    principal: Principal,
    conversationId: string,
    query: {
      readonly limit?: number | undefined;
      readonly before?: string | undefined;
      readonly afterSeq?: number | undefined;
    },
  ): Promise<Result<MessagePage, CoreError>>;
  get(principal: Principal, id: string): Promise<Result<ShownMessage, CoreError>>;
  post(
    principal: Principal,
    conversationId: string,
    input: PostInput,
    options?: PostOptions,
  ): Promise<Result<Posted, CoreError>>;
  /** See `startConversation`: a customer is written to first. */
  start(
    principal: Principal,
    input: StartInput,
    options?: Once,
  ): Promise<Result<Posted, CoreError>>;
  /** See `forwardMessage`: somebody outside is told, or answered. */
  forward(
    principal: Principal,
    conversationId: string,
    input: ForwardInput,
    options?: Once,
  ): Promise<Result<Posted, CoreError>>;
  /** What a reply would be now: who gets it, and its subject. Errors: not_found; unsupported where no letters are written. */
  replyDefaults(
    principal: Principal,
    conversationId: string,
  ): Promise<Result<ReplyDefaults, CoreError>>;
  cancel(principal: Principal, id: string): Promise<Result<Message, CoreError>>;
  retry(principal: Principal, id: string): Promise<Result<Message, CoreError>>;
  /** See {@link rescheduleMessage}. */
  reschedule(
    principal: Principal,
    id: string,
    sendAt: number | undefined,
  ): Promise<Result<Message, CoreError>>;
  /** See {@link retryMedia}. */
  retryFile(principal: Principal, attachmentId: string): Promise<Result<Message, CoreError>>;
  /** The delivery as it came. Errors: not_found where none is kept. */
  raw(principal: Principal, id: string): Promise<Result<RawDelivery, CoreError>>;
  /** The mail as it came, whatever its provider wrapped it in. Errors: not_found where none is kept. */
  original(principal: Principal, id: string): Promise<Result<OriginalDelivery, CoreError>>;
  /** The message's HTML, sanitised, remote images held back; null where there is none. */
  sanitizedHtml(principal: Principal, id: string): Promise<Result<string | null, CoreError>>;
  /**
   * A whole document of the message's HTML for a sandboxed frame; remote images only when asked for, or with "sender"
   * when its sender's are always shown.
   */
  html(
    principal: Principal,
    id: string,
    options: { readonly images: boolean | "sender" },
  ): Promise<Result<string, CoreError>>;
}

/** Messages over the store and the outbox. */
export function createMessages(
  context: CoreContext,
  services: PostServices & {
    readonly remoteImages: Pick<RemoteImages, "sign">;
    readonly drafts: Pick<Drafts, "tellEnded">;
  },
  marks: Pick<ReadMarks, "apply">,
): Messages {
  const { store, adapters } = context;
  const { attachments, channels, remoteImages, drafts } = services;
  const shown = { store, attachments, remoteImages, sideThread: context.ports.sideThread };

  const read = <T>(key: Key<T>) => store.get(key);

  /** The thread an id stands for now, which is another one's when it was merged. */
  async function thread(principal: Principal, id: string): Promise<Conversation | null> {
    const found = await findConversation(read, id);
    return found !== null && can(principal, "conversation.read", { inboxId: found.inboxId })
      ? found
      : null;
  }

  async function readable(principal: Principal, id: string): Promise<Message | null> {
    const message = await findMessage(read, id);
    if (message === null) return null;
    const conversation = await store.get(keys.conversation(message.conversationId));
    const isAllowed = conversation !== null &&
      can(principal, "conversation.read", { inboxId: conversation.inboxId });
    return isAllowed ? message : null;
  }

  /** A delivery may hold messages of several conversations, and those may lie in different inboxes by now. */
  async function mayReadAll(
    principal: Principal,
    { messageIds, conversationIds }: JournalRecord,
  ): Promise<boolean> {
    const refs = await store.getMany(messageIds.map((id) => keys.messageRef(id)));
    const ids = new Set(conversationIds);
    for (const ref of refs) if (ref !== null) ids.add(ref.conversationId);
    const found = await store.getMany([...ids].map((id) => keys.conversation(id)));
    return found.every((one) =>
      one === null || can(principal, "conversation.read", { inboxId: one.inboxId })
    );
  }

  /** What a message came with, for those who may read all of it. */
  async function deliveryOf(principal: Principal, id: string): Promise<JournalRecord | null> {
    const message = await readable(principal, id);
    const journal = message?.journalId === undefined
      ? null
      : await store.get(keys.journal(message.journalId));
    return journal !== null && await mayReadAll(principal, journal) ? journal : null;
  }

  /** Whoever writes a comment has read it. */
  async function applyOwnMark(principal: Principal, { conversation }: Posted): Promise<void> {
    if (principal.type !== "user") return;
    const userId = principal.user.id;
    const mark = await store.get(keys.readMark(userId, conversation.id));
    if (mark !== null) await marks.apply(userId, conversation.id, mark);
  }

  return {
    async list(principal, conversationId, query) {
      const conversation = await thread(principal, conversationId);
      if (conversation === null) return err(notFound("conversation"));
      const limit = Math.min(Math.max(query.limit ?? 50, 1), 100);
      const before = query.before === undefined ? Number.MAX_SAFE_INTEGER : Number(query.before);
      if (!Number.isInteger(before) || before < 0) {
        return err(invalid("cursor", "is not a cursor of this list"));
      }
      const from = (query.afterSeq ?? 0) + 1;
      const found: Message[] = [];
      const isForward = query.afterSeq !== undefined;
      const end = Math.min(before, conversation.lastSeq + 1);
      if (from >= end) return ok({ items: [], next: null });
      const range = keys.messagesBetween(conversation.id, from, end);
      for await (const { value } of store.list(range, { reverse: !isForward, limit: limit + 1 })) {
        found.push(value);
      }
      const page = found.slice(0, limit);
      const items = await Promise.all(
        (isForward ? page : page.reverse()).map((one) => shownMessage(store, one)),
      );
      const edge = isForward ? items.at(-1) : items[0];
      return ok({
        items,
        next: found.length > limit && edge !== undefined ? String(edge.seq) : null,
      });
    },

    async get(principal, id) {
      const message = await readable(principal, id);
      return message === null ? err(notFound("message")) : ok(await shownMessage(store, message));
    },

    async post(principal, conversationId, input, options) {
      const posted = await postMessage(
        context,
        services,
        principal,
        conversationId,
        input,
        options,
      );
      if (posted.ok && posted.value.draft !== undefined) drafts.tellEnded(posted.value.draft);
      if (posted.ok && input.kind === "comment") await applyOwnMark(principal, posted.value);
      return posted;
    },
    start: (principal, input, options) =>
      startConversation(context, services, principal, input, options),
    async forward(principal, conversationId, input, options) {
      const posted = await forwardMessage(
        context,
        services,
        principal,
        conversationId,
        input,
        options,
      );
      if (posted.ok) await applyOwnMark(principal, posted.value);
      return posted;
    },
    async replyDefaults(principal, conversationId) {
      const conversation = await thread(principal, conversationId);
      if (conversation === null) return err(notFound("conversation"));
      if (adapters.get(conversation.channelType)?.capabilities.email !== true) {
        return err({ code: "unsupported", message: "No letters are written over this channel" });
      }
      const reader = readerOf(store);
      const [isOwn, by] = await Promise.all([
        channels.ownAddresses(),
        answerChannelOf(reader, adapters, conversation),
      ]);
      const { contactName } = conversation;
      const style = by === null
        ? null
        : await readLetterStyle(context, channels, principal, { channelId: by, contactName });
      const defaults = await readReplyDefaults(reader, conversation, isOwn, style);
      return ok({ ...defaults, problem: by === null ? NO_MAILBOX : null });
    },
    cancel: (principal, id) => cancelMessage(context, principal, id),
    retry: (principal, id) => retryMessage(context, principal, id),
    reschedule: (principal, id, sendAt) => rescheduleMessage(context, principal, id, sendAt),
    retryFile: (principal, attachmentId) => retryMedia(context, principal, attachmentId),

    async raw(principal, id) {
      const journal = await deliveryOf(principal, id);
      if (journal === null) return err(notFound("raw delivery"));
      return ok({
        contentType: journal.contentType,
        size: journal.blob.size,
        stream: (range) => store.blobs.stream(journal.blob.id, range),
      });
    },

    async original(principal, id) {
      const journal = await deliveryOf(principal, id);
      const found = journal === null ? null : await originalMail(store, channels, journal);
      return found === null ? err(notFound("original mail")) : ok(found);
    },

    async sanitizedHtml(principal, id) {
      const message = await readable(principal, id);
      if (message === null) return err(notFound("message"));
      return ok(
        message.hasHtml ? (await messageHtml(shown, message, false)).html : null,
      );
    },

    async html(principal, id, { images }) {
      const message = await readable(principal, id);
      if (message === null || !message.hasHtml) return err(notFound("HTML of this message"));
      const isAsked = images === true;
      const isAlways = images === "sender" && await showsSendersImages(store, message);
      return ok(
        await messageDocument(shown, message, isAsked ? "once" : isAlways ? "sender" : "blocked"),
      );
    },
  };
}
