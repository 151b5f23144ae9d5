import { actorOf, can, type Principal } from "../access/mod.ts";
import { capabilitiesOf } from "../channel/mod.ts";
import { mailChannelOf } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
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
import { type CoreError, invalid, notFound } from "../errors.ts";
import { findOnce, type Once, once } from "../idempotency.ts";
import { htmlToText, sanitizeOutgoing } from "../mail_html/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, MailAddress, Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import {
  type AttachmentRecord,
  keys,
  readerOf,
  storedBytes,
  transact,
  type Tx,
} from "../store/mod.ts";
import { afterPost } from "./after_post.ts";
import { answerChannelOf } from "./answer_channel.ts";
import { asideFields, asidePeople, isAsideAnswer } from "./aside_letter.ts";
import { attachableFile } from "./attachable_file.ts";
import { checkPost } from "./check_post.ts";
import { fileRef } from "./file_ref.ts";
import { findForwardSource, forwardedMessage, type ForwardSource } from "./forward_sources.ts";
import type { ForwardInput } from "./forward_input.ts";
import { type ForwardedWords, forwardedWords } from "./forwarded_words.ts";
import { withInlineFiles } from "./inline_files.ts";
import { readLetterStyle } from "./letter_style.ts";
import { markOwnRead } from "./mark_own_read.ts";
import type { Posted, PostServices } from "./post.ts";
import { queueMessage } from "./queue_message.ts";
import { takeFiles } from "./take_files.ts";

/** What becomes of a mail to outsiders has to be told, and there is nobody to tell it to without a mailbox. */
const NO_MAILBOX =
  "This is forwarded by mail, and its inbox has no mailbox to which answers could come: connect one in the settings";

/**
 * Mails a message, or a whole conversation, to somebody outside, or answers them: a message of the thread that its customer never
 * sees, and neither do they see the answers. Errors: invalid, forbidden, not_found, conflict, unsupported.
 */
export function forwardMessage(
  context: CoreContext,
  services: PostServices,
  principal: Principal,
  conversationId: string,
  input: ForwardInput,
  options: Once = {},
): Promise<Result<Posted, CoreError>> {
  return services.attachments.taking(
    input.attachmentIds,
    () => forward(context, services, principal, conversationId, input, options),
  );
}

async function forward(
  context: CoreContext,
  services: PostServices,
  principal: Principal,
  id: string,
  input: ForwardInput,
  options: Once,
): Promise<Result<Posted, CoreError>> {
  const { store } = context;
  const { attachments, channels } = services;
  const conversation = await findConversation((key) => store.get(key), id);
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
  const source = await findForwardSource(store, conversation, input.messageId);
  if (!source.ok) return source;
  const channel = await forwardChannelOf(context, conversation, source.value);
  if (channel === null) return err({ code: "unsupported", message: NO_MAILBOX });
  const isOwn = await channels.ownAddresses();
  const customer = await store.get(keys.contact(conversation.contactId));
  const people = asidePeople(input.to, source.value, { customer, isOwn });
  if (!people.ok) return people;

  const isAnswer = isAsideAnswer(source.value, people.value);
  const by = { channelId: channel.id, contactName: nameOf(people.value) };
  const style = await readLetterStyle(context, channels, principal, by);
  const written = await wordsOf(input);
  if (isAnswer && written.text.trim() === "") return err(invalid("text", "is empty"));
  const shown = await Promise.all(
    source.value.messages.map((one) => forwardedMessage(store, source.value, one, customer)),
  );
  // Below an answer its mailbox writes the signature, as below any; here it stands before what is passed on.
  const words = isAnswer ? written : forwardedWords(written, style?.signature ?? "", shown);
  const email: EmailFields = {
    ...asideFields(conversation, source.value, people.value, isAnswer),
    ...style,
    ...isAnswer ? {} : { signature: "", includesHistory: false },
  };
  if (storedBytes(email) > EMAIL_BYTES) {
    return err(invalid("to", "are too many addresses for one mail"));
  }

  const own = await Promise.all(
    [...new Set(input.attachmentIds)].map((id) =>
      attachableFile(store, attachments, principal, id)
    ),
  );
  const theirs = isAnswer || input.withFiles === false
    ? []
    : await passedOnFiles(attachments, principal, source.value.messages);
  const adapter = context.adapters.get(channel.type);
  if (adapter === undefined) return err({ code: "unsupported", message: NO_MAILBOX });
  const capabilities = capabilitiesOf(adapter, channel.config);
  const asPost = { kind: "reply" as const };
  const now = context.ports.clock.now();
  const wrong = checkPost(asPost, words.text, [...own, ...theirs], capabilities, now);
  if (wrong !== null) return err(wrong);
  const files = [...withInlineFiles(own.filter((file) => file !== null), words.html)];
  for (const file of theirs) {
    const copy = await attachments.copy({ kind: "principal", principal }, file);
    if (!copy.ok) return copy;
    files.push(copy.value);
  }
  const otherBytes = BASE_BYTES + EMAIL_BYTES + storedBytes(people.value) + bytesOf(files);
  const work: Work = {
    context,
    principal,
    conversationId: conversation.id,
    channelId: channel.id,
    body: await prepareBody(store, words, otherBytes),
    files,
    email,
    dueInMs: (input.undoSeconds ?? capabilities.undoSeconds) * 1_000,
  };
  return await transact(store, (tx) => once(tx, options, () => write(work, tx)), {
    queue: conversation.id,
  });
}

/** By which mailbox: that of the exchange it goes on with, else the conversation's, else one of its inbox. */
async function forwardChannelOf(
  { store, adapters }: CoreContext,
  conversation: Conversation,
  { kind, messages: [message] }: ForwardSource,
): Promise<Channel | null> {
  const reader = readerOf(store);
  const before = kind === "aside" ? message?.channelId ?? null : null;
  const own = await answerChannelOf(reader, adapters, conversation);
  for (const id of [before, own]) {
    const channel = id === null ? null : await store.get(keys.channel(id));
    const writesLetters = channel !== null && adapters.get(channel.type)?.letters !== undefined;
    if (writesLetters && channel.status !== "paused") return channel;
  }
  return await mailChannelOf(reader, adapters, conversation.inboxId);
}

async function wordsOf({ text, html }: ForwardInput): Promise<ForwardedWords> {
  if (html === undefined) return { text: text ?? "" };
  const clean = await sanitizeOutgoing(html);
  return { text: text ?? await htmlToText(clean, { links: "addresses" }), html: clean };
}

/** A signature's "Dear …" is for one. */
function nameOf(people: readonly MailAddress[]): string {
  return people.length === 1 ? people[0]?.name ?? "" : "";
}

/** What came with messages; what is not here yet, or could not be had, cannot be passed on. */
async function passedOnFiles(
  attachments: PostServices["attachments"],
  principal: Principal,
  messages: readonly Message[],
): Promise<readonly AttachmentRecord[]> {
  const here = messages.flatMap((one) => one.attachments)
    .filter(({ state }) => state === undefined);
  const opened = await Promise.all(here.map(({ id }) => attachments.open(principal, id)));
  return opened.flatMap((one) => one.ok ? [one.value.record] : []);
}

interface Work {
  readonly context: CoreContext;
  readonly principal: Principal;
  readonly conversationId: string;
  readonly channelId: string;
  readonly body: PreparedBody;
  readonly files: readonly AttachmentRecord[];
  readonly email: EmailFields;
  readonly dueInMs: number;
}

async function write(work: Work, tx: Tx): Promise<Result<Posted, CoreError>> {
  const { context, principal, conversationId, channelId, email } = work;
  const before = await tx.get(keys.conversation(conversationId));
  if (before?.mergedIntoId !== undefined) {
    return err({ code: "conflict", message: "It was just merged into another conversation" });
  }
  // Asked again: it may have been moved to another inbox meanwhile.
  if (before === null || !can(principal, "conversation.write", { inboxId: before.inboxId })) {
    return err(notFound("conversation"));
  }
  const actor = actorOf(principal);
  const message: Message = {
    id: context.ports.ids.next("msg"),
    conversationId,
    seq: before.lastSeq + 1,
    kind: "comment",
    author: {
      type: actor.type === "user" ? "user" : "system",
      id: actor.id,
      name: actor.name,
    },
    ...storeBody(tx, work.body),
    attachments: fitFiles(work.files.map(fileRef)),
    status: "queued",
    trace: [],
    createdAt: tx.now,
    ...work.dueInMs === 0 ? {} : { sendAt: tx.now + work.dueInMs },
    ...channelId === before.channelId ? {} : { channelId },
    email,
    aside: { to: email.to },
  };
  const taken = await takeFiles(tx, work.files, { conversationId, messageId: message.id });
  if (!taken.ok) return taken;
  const after = afterPost(before, message, { isReply: false, assigneeId: null }, tx.now);
  putConversation(tx, before, after);
  putMessage(tx, after, message);
  queueMessage(tx, message, {
    channelId,
    dueAt: tx.now + work.dueInMs,
    // The customer waits as before.
    waitingBefore: null,
    answersWhenSent: false,
  });
  const where = { actor, conversationId, inboxId: after.inboxId };
  tx.emit({ type: "message.created", ...where, messageId: message.id, seq: message.seq });
  tx.emit({ type: "conversation.updated", ...where, changed: ["version"] });
  await markOwnRead(tx, principal, before, message, where);
  return ok({ message, conversation: after, isReplay: false });
}
