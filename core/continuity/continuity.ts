import { type Channels, mailChannelOf } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { findMessage } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { LetterPort } from "../outbox/mod.ts";
import {
  type ContinuityRecord,
  keys,
  readerOf,
  transact,
  type VisitorRecord,
} from "../store/mod.ts";
import { type ChatLink, isChatLink, LINK_MS, parseChatLink, readStopLink } from "./chat_links.ts";
import { addressOf, visitorOf } from "./chat_visitor.ts";
import { companyNameOf, letterContent } from "./letter_content.ts";
import { createLetterWriter } from "./letter_job.ts";
import { newRecord, planLook, showPlan, withMerged } from "./plan_letter.ts";
import { type PresenceOf, settingOf } from "./read_facts.ts";
import { isUnreadAnswer, unreadAnswers } from "./unread_answers.ts";

/** Chats of one visitor that are looked at when their address becomes known. */
const MAX_CHATS = 20;

/** A chat that is opened by a link out of a mail. */
export interface OpenedChat extends ChatLink {
  readonly visitor: VisitorRecord;
  /** Where the link was mailed to: whoever has it, reads mail there. */
  readonly address: string;
}

/** Whether an address gets the answers of a channel's chats. */
export interface MailStop {
  readonly address: string;
  readonly companyName: string;
  readonly isStopped: boolean;
}

/** Answers of a chat go by mail to visitors who left, and mail comes back into it. */
export interface Continuity extends LetterPort {
  /** Handler of the letter job. */
  readonly write: JobHandler;
  /** Whether a channel mails answers at all: what else would a visitor leave an address for? */
  isUsed(channel: Channel): Promise<boolean>;
  /** A visitor's address has become known: answers that wait are planned. */
  planAll(visitorId: string, channelId: string): Promise<void>;
  /** What a link's token opens; null when it is not ours, too old, revoked, or mailed to an address of before. */
  openLink(channelId: string, token: string): Promise<OpenedChat | null>;
  /** What the stop link in a letter is about; null when it is not ours. */
  readStop(channelId: string, token: string): Promise<MailStop | null>;
  /** No more mail of a channel to the address such a link is about, or again. */
  setStop(channelId: string, token: string, isStopped: boolean): Promise<MailStop | null>;
}

export function createContinuity(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  presenceOf: PresenceOf,
): Continuity {
  const { store, adapters, ports } = context;
  const reader = readerOf(store);

  /** @param merged what is known of a chat that is part of this one now */
  async function planChat(conversationId: string, merged: ContinuityRecord): Promise<void> {
    await transact(store, async (tx) => {
      const [conversation, record] = await Promise.all([
        tx.get(keys.conversation(conversationId)),
        tx.get(keys.continuity(conversationId)),
      ]);
      if (conversation === null) return;
      const afterMs = settingOf(adapters, await tx.read(keys.channel(conversation.channelId)));
      const known = withMerged(record, merged);
      const unread = await unreadAnswers(tx, conversation);
      if (afterMs === null || unread.length === 0) return;
      if (await mailChannelOf(tx, adapters, conversation.inboxId) === null) return;
      const dueAt = planLook(tx, conversationId, known, afterMs);
      await showPlan(tx, conversation, unread, dueAt);
    }, { queue: conversationId });
  }

  return {
    write: createLetterWriter(context, channels, presenceOf, planChat),

    async isUsed(channel) {
      return settingOf(adapters, channel) !== null &&
        await mailChannelOf(reader, adapters, channel.inboxId) !== null;
    },

    async planAfter(tx, conversation, reply) {
      if (reply.kind !== "reply" || reply.automatic === true) return reply;
      const afterMs = settingOf(adapters, await tx.read(keys.channel(conversation.channelId)));
      if (afterMs === null) return reply;
      const visitor = await visitorOf(tx, conversation);
      if (visitor === null || addressOf(visitor) === null) return reply;
      if (await mailChannelOf(tx, adapters, conversation.inboxId) === null) return reply;
      const record = await tx.get(keys.continuity(conversation.id)) ?? newRecord(visitor.id);
      return { ...reply, mailAt: planLook(tx, conversation.id, record, afterMs) };
    },

    async planAll(visitorId, channelId) {
      const ids: string[] = [];
      for await (const { value } of store.list(keys.threadsOf(channelId, visitorId))) {
        ids.push(value);
      }
      for (const id of ids.slice(-MAX_CHATS)) await planChat(id, newRecord(visitorId));
    },

    async isWanted(tx, { letter }) {
      for (const id of letter?.answerIds ?? []) {
        const message = await findMessage((key) => tx.read(key), id);
        if (message !== null && isUnreadAnswer(message)) return true;
      }
      return false;
    },

    content: (letter, conversation) => letterContent(context, letter, conversation),

    async openLink(channelId, token) {
      const link = parseChatLink(token);
      if (link === null || ports.clock.now() - link.issuedAt > LINK_MS) return null;
      const visitor = await store.get(keys.visitor(link.visitorId));
      // Whom a site vouches for, the site alone lets in.
      if (visitor === null || visitor.channelId !== channelId || visitor.sub !== null) return null;
      const reached = addressOf(visitor);
      if (reached === null || link.issuedAt <= (visitor.linksRevokedAt ?? 0)) return null;
      const isOurs = await isChatLink(store, channelId, reached.address, token);
      return isOurs ? { ...link, visitor, address: reached.address } : null;
    },

    async readStop(channelId, token) {
      const address = await readStopLink(store, channelId, token);
      if (address === null) return null;
      const isStopped = await store.get(keys.noLetters(channelId, address)) !== null;
      return { address, companyName: await companyNameOf(context, channelId), isStopped };
    },

    async setStop(channelId, token, isStopped) {
      const address = await readStopLink(store, channelId, token);
      if (address === null) return null;
      await transact(store, (tx) => {
        const key = keys.noLetters(channelId, address);
        if (isStopped) tx.set(key, tx.now);
        else tx.delete(key);
        return Promise.resolve();
      });
      return { address, companyName: await companyNameOf(context, channelId), isStopped };
    },
  };
}
