import { actorOf, can, type Principal } from "../access/mod.ts";
import type { Attachments } from "../attachments/mod.ts";
import { type Capabilities, capabilitiesOf, type LetterStyle } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import {
  BASE_BYTES,
  bytesOf,
  EMAIL_BYTES,
  findConversation,
  fitFiles,
  prepareBody,
  type PreparedBody,
  putConversation,
  putMessage,
  storeBody,
} from "../conversations/mod.ts";
import type { CoreContext } from "../context.ts";
import { endDraft, type EndedDraft } from "../drafts/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { findOnce, type Once, once } from "../idempotency.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { noteComment, readMentions } from "../personal/mod.ts";
import { err, ok, type Result } from "../result.ts";
import {
  type AttachmentRecord,
  keys,
  readerOf,
  storedBytes,
  transact,
  type Tx,
} from "../store/mod.ts";
import { answerChannelOf, NO_MAILBOX } from "./answer_channel.ts";
import { afterPost } from "./after_post.ts";
import { attachableFile } from "./attachable_file.ts";
import { checkPost } from "./check_post.ts";
import { withInlineFiles } from "./inline_files.ts";
import { mayLeave } from "./may_leave.ts";
import { markOwnRead } from "./mark_own_read.ts";
import { type PostContent, postContent } from "./post_content.ts";
import type { PostInput } from "./post_input.ts";
import { fileRef } from "./file_ref.ts";
import { findReplay, hashOfPost } from "./post_replay.ts";
import { noteScheduled } from "./note_personal.ts";
import { bytesOfPieces, plannedPieces } from "./pieces.ts";
import { readLetterStyle } from "./letter_style.ts";
import { queueMessage } from "./queue_message.ts";
import { replyLetter } from "./reply_letter.ts";
import { seqOfVersion } from "./seq_of_version.ts";
import { takeFiles } from "./take_files.ts";
import { waitingBehind } from "./waiting.ts";

/** What a post led to. */
export interface Posted {
  readonly message: Message;
  readonly conversation: Conversation;
  /** The message was posted before, under this id: nothing happened now. */
  readonly isReplay: boolean;
  /** The draft it was. */
  readonly draft?: EndedDraft;
}

/** What a message has that did not come from Parley's own composer or API. */
export interface PostOptions extends Once {
  readonly origin?: Required<Pick<Message, "trace">> & Pick<Message, "journalId">;
  /** Added to the commit that stores the message. */
  readonly also?: (tx: Tx, message: Message) => void;
  /** Goes on in the same commit with the conversation as the post leaves it; what it refuses takes the post back. */
  readonly goOn?: (tx: Tx, after: Conversation) => Promise<Result<Conversation, CoreError>>;
}

/** What posting needs of other services. */
export interface PostServices {
  readonly attachments: Attachments;
  readonly channels: Pick<Channels, "ownAddresses" | "open" | "listTemplates">;
}

/** Stores a reply (queued for sending) or a comment. Errors: invalid, forbidden, not_found, conflict, version_conflict, window_closed, opted_out. */
export function postMessage(
  context: CoreContext,
  services: PostServices,
  principal: Principal,
  conversationId: string,
  input: PostInput,
  options: PostOptions = {},
): Promise<Result<Posted, CoreError>> {
  return services.attachments.taking(
    input.attachmentIds,
    () => post(context, services, principal, conversationId, input, options),
  );
}

async function post(
  context: CoreContext,
  { attachments, channels }: PostServices,
  principal: Principal,
  id: string,
  input: PostInput,
  options: Once,
): Promise<Result<Posted, CoreError>> {
  const { store, adapters } = context;
  const conversation = await findConversation((key) => store.get(key), id);
  const conversationId = conversation?.id ?? id;
  if (
    conversation === null || !can(principal, "conversation.read", { inboxId: conversation.inboxId })
  ) {
    return err(notFound("conversation"));
  }
  if (!can(principal, "conversation.write", { inboxId: conversation.inboxId })) {
    return err({ code: "forbidden" });
  }
  // Called again: its files are taken by now.
  const replay = await findOnce<Posted>(store, options);
  if (replay !== null) return replay;
  const adapter = adapters.get(conversation.channelType);
  if (adapter === undefined) {
    return err({ code: "unsupported", message: "This kind of channel is no longer installed" });
  }
  const channel = await store.get(keys.channel(conversation.channelId));
  const capabilities = capabilitiesOf(adapter, channel?.config ?? {});

  const files = await Promise.all(
    [...new Set(input.attachmentIds)].map((id) =>
      attachableFile(store, attachments, principal, id)
    ),
  );
  const bodyHash = hashOfPost(input);
  const content = await postContent(
    channels.listTemplates,
    conversation.channelId,
    input,
    capabilities,
  );
  /** A repeated post finds its files already taken, its template gone: it is a replay, not a mistake. */
  const refuse = async (wrong: CoreError): Promise<Result<Posted, CoreError>> => {
    if (input.id === undefined) return err(wrong);
    return await findReplay(store, input.id, conversationId, bodyHash) ?? err(wrong);
  };
  if (!content.ok) return await refuse(content.error);
  const now = context.ports.clock.now();
  const wrong = checkPost(input, content.value.text, files, capabilities, now);
  if (wrong !== null) return await refuse(wrong);
  const { extras, ...words } = content.value;
  const kept = withInlineFiles(files.filter((file) => file !== null), words.html);
  const isLetter = input.kind === "reply" && capabilities.email;
  const by = await answerChannelOf(readerOf(store), adapters, conversation);
  if (by === null && input.kind === "reply") {
    return err({ code: "unsupported", message: NO_MAILBOX });
  }
  const { contactName } = conversation;
  const style = isLetter && by !== null
    ? await readLetterStyle(context, channels, principal, { channelId: by, contactName })
    : null;
  // A template's words are its provider's: they come as one message.
  const planned = input.kind === "reply" && extras.template === undefined
    ? plannedPieces(words.text, kept.length, capabilities)
    : {};
  const body = await prepareBody(
    store,
    words,
    BASE_BYTES + storedBytes(extras) + (isLetter ? EMAIL_BYTES + storedBytes(style) : 0) +
      bytesOf(kept) + bytesOfPieces(planned) +
      (input.mentions?.length ?? 0) * MENTION_BYTES,
  );
  const work: Work = {
    context,
    principal,
    conversationId,
    input,
    bodyHash,
    body,
    extras,
    planned,
    files: kept,
    capabilities,
    options,
    answerChannelId: by === null || by === conversation.channelId ? null : by,
    isOwnAddress: isLetter ? await channels.ownAddresses() : null,
    style,
  };
  return await transact(store, (tx) => once(tx, options, () => write(work, tx)), {
    queue: conversationId,
  });
}

interface Work {
  readonly context: CoreContext;
  readonly principal: Principal;
  readonly conversationId: string;
  readonly input: PostInput;
  readonly bodyHash: string;
  readonly body: PreparedBody;
  readonly extras: PostContent["extras"];
  readonly planned: Pick<Message, "pieces">;
  readonly files: readonly AttachmentRecord[];
  readonly capabilities: Capabilities;
  readonly options: PostOptions;
  /** The mailbox that answers in place of the conversation's own channel; null: that channel. */
  readonly answerChannelId: string | null;
  /** Null for what is no letter. */
  readonly isOwnAddress: ((address: string) => boolean) | null;
  readonly style: LetterStyle | null;
}

async function write(work: Work, tx: Tx): Promise<Result<Posted, CoreError>> {
  const { context, principal, conversationId, input } = work;
  if (input.id !== undefined) {
    const replay = await findReplay(context.store, input.id, conversationId, work.bodyHash);
    if (replay !== null) return replay;
  }
  const before = await tx.get(keys.conversation(conversationId));
  if (before?.mergedIntoId !== undefined) {
    return err({ code: "conflict", message: "It was just merged into another conversation" });
  }
  // Asked again: it may have been moved to another inbox meanwhile.
  if (before === null || !can(principal, "conversation.write", { inboxId: before.inboxId })) {
    return err(notFound("conversation"));
  }
  if (input.ifVersion !== undefined && before.version > input.ifVersion) {
    const sinceSeq = await seqOfVersion(tx, before, input.ifVersion);
    return err({ code: "version_conflict", version: before.version, sinceSeq });
  }

  const mentioned = await readMentions(tx, before.inboxId, input.mentions ?? []);
  if (!mentioned.ok) return mentioned;
  const actor = actorOf(principal);
  const isReply = input.kind === "reply";
  const author: Message["author"] = {
    type: actor.type === "user" ? "user" : "system",
    id: actor.id,
    name: actor.name,
  };
  if (isReply) {
    const contact = await tx.read(keys.contact(before.contactId));
    const leaving = { place: before, contact, message: { author, ...work.extras } };
    const left = await mayLeave((key) => tx.read(key), context, leaving, tx.now);
    if (!left.ok) return left;
  }
  const sendAt = isReply ? dueAt(work, tx.now) : null;
  const isScheduled = isReply && input.sendAt !== undefined;
  const email = work.isOwnAddress === null
    ? undefined
    : await replyLetter(tx, before, input, work.isOwnAddress);
  if (email?.to.length === 0) {
    return err(invalid("to", "names nobody: there is no address of this customer"));
  }
  if (email !== undefined && storedBytes(email) > EMAIL_BYTES) {
    return err(invalid("cc", "are too many addresses for one mail"));
  }
  const journalId = work.options.origin?.journalId;
  const message: Message = {
    id: input.id ?? context.ports.ids.next("msg"),
    conversationId,
    seq: before.lastSeq + 1,
    kind: input.kind,
    author,
    ...storeBody(tx, work.body),
    ...work.extras,
    attachments: fitFiles(work.files.map(fileRef)),
    ...work.planned,
    ...mentioned.value.mentions.length > 0 && { mentions: mentioned.value.mentions },
    status: isScheduled ? "scheduled" : isReply ? "queued" : "sent",
    trace: work.options.origin?.trace ?? [],
    createdAt: tx.now,
    ...journalId === undefined ? {} : { journalId },
    ...sendAt === null || sendAt === tx.now ? {} : { sendAt },
    ...isReply && work.answerChannelId !== null ? { channelId: work.answerChannelId } : {},
    ...email === undefined ? {} : {
      email: {
        ...email,
        ...work.style,
        includesHistory: input.history ?? work.style?.includesHistory ?? false,
      },
    },
  };
  const taken = await takeFiles(tx, work.files, { conversationId, messageId: message.id });
  if (!taken.ok) return taken;
  const answered = work.answerChannelId === null || !isReply
    ? before
    : { ...before, answerChannelId: work.answerChannelId };
  const after = afterPost(answered, message, {
    isReply: isReply && !isScheduled,
    assigneeId: isReply ? assigneeOf(principal) : null,
  }, tx.now);
  putConversation(tx, before, after);
  putMessage(tx, after, message, work.bodyHash);
  if (sendAt !== null) {
    queueMessage(tx, message, {
      channelId: message.channelId ?? before.channelId,
      dueAt: sendAt,
      waitingBefore: before.waitingSince ?? await waitingBehind(tx, conversationId),
      answersWhenSent: isScheduled,
      ...after.assigneeId === before.assigneeId ? {} : { assigned: true },
    });
  }
  if (isScheduled && sendAt !== null) await noteScheduled(tx, message, { dueAts: [sendAt] });
  if (!isReply) await noteComment(tx, principal, message, mentioned.value.userIds);
  const where = { actor, conversationId, inboxId: after.inboxId };
  tx.emit({ type: "message.created", ...where, messageId: message.id, seq: message.seq });
  tx.emit({
    type: "conversation.updated",
    ...where,
    changed: ["version", ...after.assigneeId === before.assigneeId ? [] : ["assigneeId"]],
  });
  await markOwnRead(tx, principal, before, message, where);
  const draft = input.draftId === undefined || principal.type !== "user" ? null : await endDraft(
    tx,
    { conversationId, userId: principal.user.id, kind: input.kind },
    input.draftId,
  );
  work.options.also?.(tx, message);
  const left = work.options.goOn === undefined ? ok(after) : await work.options.goOn(tx, after);
  const ended = draft === null ? {} : { draft };
  return left.ok ? ok({ message, conversation: left.value, isReplay: false, ...ended }) : left;
}

/** As stored: an id, and a name of a hundred characters. */
const MENTION_BYTES = 300;

function dueAt({ input, capabilities }: Work, now: number): number {
  return input.sendAt ?? now + (input.undoSeconds ?? capabilities.undoSeconds) * 1_000;
}

function assigneeOf(principal: Principal): string | null {
  return principal.type === "user" ? principal.user.id : null;
}
