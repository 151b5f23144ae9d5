import { addressSubject } from "../access/mod.ts";
import type { MessageEvent } from "../channel/mod.ts";
import { findConversation } from "../conversations/mod.ts";
import type { MailStop } from "../continuity/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Actor } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import { err, ok, type Result } from "../result.ts";
import { ConversationOwners } from "./conversation_owners.ts";
import { VisitorFeeds } from "./feed.ts";
import { conversationsOf, type HistoryQuery, pageOf, readVisible } from "./history.ts";
import { publicFaces } from "./public_faces.ts";
import { RateLimiter } from "./rate_limiter.ts";
import { leaveEmail } from "./leave_email.ts";
import { markReplies, type Receipt } from "./receipts.ts";
import { type NewSession, type SessionInput, VisitorSessions } from "./sessions.ts";
import { takeMessage, uploaderOf } from "./take_message.ts";
import type {
  Posted,
  Visitor,
  VisitorConfig,
  VisitorConversation,
  VisitorEvent,
  VisitorFile,
  VisitorMessage,
  VisitorMessageInput,
  VisitorsContext,
} from "./types.ts";
import { conversationView, fileView, messageViews } from "./views.ts";
import { VisitorChannels } from "./visitor_channels.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Corrections of a mistyped address are few. */
const EMAILS_PER_HOUR = 10;
/** A visitor with more conversations than this sees the newest. */
const MAX_CONVERSATIONS = 50;

/** Messages of a page, and whether there are more. */
export interface VisitorHistory {
  /** Oldest first. */
  readonly items: readonly VisitorMessage[];
  readonly hasMore: boolean;
}

/** What visitors of a site can do (contract.md, "Visitor API"). */
export interface Visitors {
  /** Settings may have changed in another process: channels are looked at again. */
  forget(): void;
  /** Sites that may use a channel (empty: any); null for a channel visitors cannot use. */
  allowedDomains(channelId: string): Promise<readonly string[] | null>;
  config(channelId: string): Promise<Result<VisitorConfig, CoreError>>;
  /** Errors: not_found, rate_limited, unauthenticated (the identity token was refused, or is missing where required). */
  createSession(
    channelId: string,
    input: SessionInput & { readonly remoteAddress: string },
  ): Promise<Result<NewSession, CoreError>>;
  /** Whose token it is on this channel; null when it is worth nothing there. */
  authenticate(channelId: string, token: string): Promise<Visitor | null>;
  /** Keeps where to write to the visitor once they have left. Errors: rate_limited. @param email normalised */
  leaveEmail(
    visitor: Visitor,
    email: string,
    remoteAddress: string,
  ): Promise<Result<null, CoreError>>;
  /** What the stop link in a mail with answers is about. Errors: not_found when it is none of ours. */
  mailStop(channelId: string, token: string): Promise<Result<MailStop, CoreError>>;
  /** No more of those mails to its address, or again. Errors: not_found. */
  setMailStop(
    channelId: string,
    token: string,
    isStopped: boolean,
  ): Promise<Result<MailStop, CoreError>>;
  /** Ends this session and its streams. */
  endSession(visitor: Visitor): Promise<void>;
  /** Newest first. */
  conversations(visitor: Visitor): Promise<readonly VisitorConversation[]>;
  conversation(visitor: Visitor, id: string): Promise<Result<VisitorConversation, CoreError>>;
  /** Begins a conversation. Errors: invalid, conflict (the id was used for other content), rate_limited. */
  start(
    visitor: Visitor,
    message: VisitorMessageInput,
    remoteAddress: string,
  ): Promise<Result<Posted, CoreError>>;
  post(
    visitor: Visitor,
    conversationId: string,
    message: VisitorMessageInput,
    remoteAddress: string,
  ): Promise<Result<Posted, CoreError>>;
  messages(
    visitor: Visitor,
    conversationId: string,
    query: HistoryQuery,
  ): Promise<Result<VisitorHistory, CoreError>>;
  setTyping(
    visitor: Visitor,
    conversationId: string,
    isTyping: boolean,
  ): Promise<Result<null, CoreError>>;
  /** Everything visible so far was delivered, or read. */
  acknowledge(
    visitor: Visitor,
    conversationId: string,
    receipt: Receipt,
  ): Promise<Result<null, CoreError>>;
  /** Keeps a file for a message that names it within a day. */
  upload(
    visitor: Visitor,
    file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
  ): Promise<Result<VisitorFile, CoreError>>;
  /** Whether this address may send another file now; counts it. Asked before the file is read. */
  admitUpload(visitor: Visitor, remoteAddress: string): Promise<Result<null, CoreError>>;
  subscribe(
    visitor: Visitor,
    cursor: string | null,
    signal: AbortSignal,
  ): AsyncIterable<VisitorEvent>;
}

/** The visitor API's commands and queries over the store. */
export function createVisitors(context: VisitorsContext): Visitors {
  const { store, ports, presence, attachments, continuity } = context;
  const channels = new VisitorChannels(context);
  const sessions = new VisitorSessions(context);
  const feeds = new VisitorFeeds(context);
  const owners = new ConversationOwners(store);
  const limiter = new RateLimiter(ports.clock);

  function limit(bucket: string, address: string, max: number, periodMs: number) {
    const retryAfterMs = limiter.take(bucket, addressSubject(address), max, periodMs);
    return retryAfterMs === 0 ? ok(null) : err({ code: "rate_limited" as const, retryAfterMs });
  }

  async function own(visitor: Visitor, id: string): Promise<Conversation | null> {
    if (!await owners.owns(visitor, id)) return null;
    return await findConversation((key) => store.get(key), id);
  }

  async function take(
    visitor: Visitor,
    hint: MessageEvent["hints"][number],
    input: VisitorMessageInput,
    remoteAddress: string,
  ): Promise<Result<Posted, CoreError>> {
    const channel = await channels.open(visitor.channelId);
    if (channel === null) return err(notFound("channel"));
    const admitted = limit(
      `message ${visitor.channelId}`,
      remoteAddress,
      channel.limits.messagesPerMinute,
      MINUTE_MS,
    );
    if (!admitted.ok) return admitted;
    const posted = await takeMessage(context, { channel, visitor, hint, input });
    if (!posted.ok) return posted;
    const { conversationId } = posted.value.message;
    const who = { type: "contact" as const, id: visitor.id, name: visitor.name ?? "" };
    presence.setTyping({ conversationId, who, isTyping: false });
    return posted;
  }

  return {
    forget: () => channels.forget(),

    async allowedDomains(channelId) {
      return (await channels.open(channelId))?.allowedDomains ?? null;
    },

    async config(channelId) {
      const opened = await channels.open(channelId);
      if (opened === null) return err(notFound("channel"));
      return ok({
        channelId,
        settings: opened.publicConfig,
        channelName: opened.channel.name,
        identityRequired: opened.identity.mode === "required",
        mailsAnswers: await continuity.isUsed(opened.channel),
        ...await publicFaces(context, opened.channel.inboxId),
        limits: {
          maxTextLength: opened.maxTextLength,
          maxFileBytes: opened.maxFileBytes,
          maxFiles: opened.maxFiles,
        },
      });
    },

    async createSession(channelId, { remoteAddress, ...input }) {
      const opened = await channels.open(channelId);
      if (opened === null) return err(notFound("channel"));
      const { sessionsPerHour } = opened.limits;
      const admitted = limit(`session ${channelId}`, remoteAddress, sessionsPerHour, HOUR_MS);
      return admitted.ok ? await sessions.create(opened, input) : admitted;
    },

    authenticate: (channelId, token) => sessions.authenticate(channelId, token),

    async leaveEmail(visitor, email, remoteAddress) {
      const { channelId } = visitor;
      const admitted = limit(`email ${channelId}`, remoteAddress, EMAILS_PER_HOUR, HOUR_MS);
      if (!admitted.ok) return admitted;
      await leaveEmail(store, visitor.id, email);
      await continuity.planAll(visitor.id, channelId);
      return ok(null);
    },

    async mailStop(channelId, token) {
      const found = await continuity.readStop(channelId, token);
      return found === null ? err(notFound("link")) : ok(found);
    },

    async setMailStop(channelId, token, isStopped) {
      const set = await continuity.setStop(channelId, token, isStopped);
      return set === null ? err(notFound("link")) : ok(set);
    },

    async endSession(visitor) {
      await sessions.end(visitor);
      feeds.end(visitor.sessionHash);
    },

    async conversations(visitor) {
      const found = (await conversationsOf(store, visitor)).slice(0, MAX_CONVERSATIONS);
      return await Promise.all(found.map((one) => conversationView(context, one)));
    },

    async conversation(visitor, id) {
      const found = await own(visitor, id);
      return found === null
        ? err(notFound("conversation"))
        : ok(await conversationView(context, found));
    },

    start(visitor, message, remoteAddress) {
      const threadKey = `${visitor.id}:${message.id}`;
      const hint = { by: "thread", threadKey, how: "The visitor began it in the chat" } as const;
      return feeds.begin(visitor, () => take(visitor, hint, message, remoteAddress));
    },

    async post(visitor, conversationId, message, remoteAddress) {
      if (!await owners.owns(visitor, conversationId)) return err(notFound("conversation"));
      const how = "The visitor wrote into it in the chat";
      return await take(
        visitor,
        { by: "conversation", conversationId, how },
        message,
        remoteAddress,
      );
    },

    async messages(visitor, conversationId, query) {
      const conversation = await own(visitor, conversationId);
      if (conversation === null) return err(notFound("conversation"));
      const visible = await readVisible(store, conversation);
      const page = pageOf(visible, query);
      if (page === null) {
        const path = query.after !== undefined ? "after" : "before";
        return err(invalid(path, "names no message of this conversation"));
      }
      const { items, hasMore } = page;
      return ok({ items: await messageViews(context, conversation, items), hasMore });
    },

    async setTyping(visitor, conversationId, isTyping) {
      const conversation = await own(visitor, conversationId);
      if (conversation === null) return err(notFound("conversation"));
      const who = { type: "contact" as const, id: visitor.id, name: visitor.name ?? "" };
      presence.setTyping({ conversationId: conversation.id, who, isTyping });
      return ok(null);
    },

    async acknowledge(visitor, conversationId, receipt) {
      const conversation = await own(visitor, conversationId);
      if (conversation === null) return err(notFound("conversation"));
      const actor: Actor = {
        type: "contact",
        id: conversation.contactId,
        name: conversation.contactName,
      };
      await markReplies(context, conversation, receipt, actor);
      return ok(null);
    },

    async admitUpload(visitor, remoteAddress) {
      const opened = await channels.open(visitor.channelId);
      if (opened === null) return err(notFound("channel"));
      const { filesPerHour } = opened.limits;
      return limit(`file ${visitor.channelId}`, remoteAddress, filesPerHour, HOUR_MS);
    },

    async upload(visitor, file) {
      const uploaded = await attachments.upload(uploaderOf(visitor), file);
      return uploaded.ok ? ok(await fileView(context, uploaded.value)) : uploaded;
    },

    subscribe: (visitor, cursor, signal) => feeds.subscribe(visitor, cursor, signal),
  };
}
