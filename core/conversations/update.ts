import { actorOf, can, type Principal } from "../access/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message, ThreadEvent } from "../model/message.ts";
import type { Ids } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Tx } from "../store/mod.ts";
import { applyPatch, type ConversationPatch, type Patched, tagsAfter } from "./patch.ts";
import { putConversation } from "./put.ts";
import { putMessage } from "./put_message.ts";
import { MAX_TAG, withKnownNames } from "../tags/mod.ts";
import { checkHands } from "./who_works_here.ts";

/** Changes a conversation and writes a line into its thread for each change, in one commit. */
export async function updateConversation(
  tx: Tx,
  ids: Ids,
  principal: Principal,
  id: string,
  patch: ConversationPatch,
): Promise<Result<Conversation, CoreError>> {
  const before = await tx.get(keys.conversation(id));
  if (before === null || !can(principal, "conversation.read", { inboxId: before.inboxId })) {
    return err(notFound("conversation"));
  }
  if (!can(principal, "conversation.write", { inboxId: before.inboxId })) {
    return err({ code: "forbidden" });
  }
  if (before.mergedIntoId !== undefined) {
    return err({ code: "conflict", message: "It is part of another conversation by now" });
  }
  return await patchConversation(tx, ids, principal, before, patch);
}

/**
 * The same for a conversation the caller may write to.
 * @param before as it is stored, or as what this commit already does leaves it
 */
export async function patchConversation(
  tx: Tx,
  ids: Ids,
  principal: Principal,
  before: Conversation,
  patch: ConversationPatch,
): Promise<Result<Conversation, CoreError>> {
  const checked = await checkPatch(tx, principal, before, await withKnownTags(tx, patch));
  if (!checked.ok) return checked;

  const patched = applyPatch(before, checked.value, tx.now);
  if (patched.changed.length === 0) return ok(before);
  await writePatched(tx, ids, before, patched, actorOf(principal));
  return ok(patched.after);
}

/** Writes what a patch made of a conversation: the record, the thread's lines, the changes and a job to wake it up. */
export async function writePatched(
  tx: Tx,
  ids: Ids,
  before: Conversation,
  { after, events, changed }: Patched,
  actor: ReturnType<typeof actorOf>,
): Promise<void> {
  const where = { actor, conversationId: after.id, inboxId: after.inboxId };
  putConversation(tx, before, after);
  tx.emit({
    type: "conversation.updated",
    ...where,
    changed,
    ...before.inboxId === after.inboxId ? {} : { previousInboxId: before.inboxId },
  });
  for (const [index, event] of events.entries()) {
    const line = eventLine(
      ids.next("msg"),
      after,
      before.lastSeq + 1 + index,
      await named(tx, event),
      actor,
      tx.now,
    );
    putMessage(tx, after, line);
    tx.emit({ type: "message.created", ...where, messageId: line.id, seq: line.seq });
  }
  if (after.snoozedUntil !== null && after.snoozedUntil !== before.snoozedUntil) {
    tx.job({
      kind: WAKE_JOB,
      payload: { conversationId: after.id, snoozedUntil: after.snoozedUntil },
      dueAt: after.snoozedUntil,
    });
  }
}

/** Job that opens a snoozed conversation when its time has come. */
export const WAKE_JOB = "conversation.wake";

async function checkPatch(
  tx: Tx,
  principal: Principal,
  before: Conversation,
  patch: ConversationPatch,
): Promise<Result<ConversationPatch, CoreError>> {
  const inboxId = patch.inboxId ?? before.inboxId;
  if (inboxId !== before.inboxId) {
    const inbox = await tx.read(keys.inbox(inboxId));
    if (inbox === null || !can(principal, "conversation.write", { inboxId })) {
      return err(invalid("inboxId", "is not an inbox you can move this to"));
    }
  }
  const tooMany = limitOf(before, patch);
  if (tooMany !== null) return err(tooMany);
  if (patch.status === "snoozed" && patch.snoozedUntil == null && before.snoozedUntil === null) {
    return err(invalid("snoozedUntil", "is needed to snooze"));
  }
  if (typeof patch.snoozedUntil === "number") {
    if (patch.snoozedUntil <= tx.now) return err(invalid("snoozedUntil", "must lie in the future"));
    if (patch.status !== undefined && patch.status !== "snoozed") {
      return err(invalid("snoozedUntil", `does not go with status "${patch.status}"`));
    }
  }
  return await checkHands(tx, before, patch);
}

/** The record is its own list row: what people write into it is bounded. */
export const MAX_TAGS = 30;
const MAX_SUBJECT = 200;

function limitOf(before: Conversation, patch: ConversationPatch): CoreError | null {
  const { subject = "" } = patch;
  const field = patch.addTags === undefined ? "tags" : "addTags";
  const after = tagsAfter(before.tags, patch);
  if (after.length > MAX_TAGS && after.length > before.tags.length) {
    return invalid(field, `are over ${MAX_TAGS}`);
  }
  const given = patch[field] ?? [];
  const long = given.findIndex((tag) => tag.length > MAX_TAG);
  if (long >= 0) return invalid(`${field}.${long}`, `is over ${MAX_TAG} characters`);
  return subject.length > MAX_SUBJECT
    ? invalid("subject", `is over ${MAX_SUBJECT} characters`)
    : null;
}

/** Tags by the names they have now. What is to be taken away may also be there under another. */
async function withKnownTags(tx: Tx, patch: ConversationPatch): Promise<ConversationPatch> {
  const { tags, addTags, removeTags } = patch;
  return {
    ...patch,
    ...tags === undefined ? {} : { tags: await withKnownNames(tx, tags) },
    ...addTags === undefined ? {} : { addTags: await withKnownNames(tx, addTags) },
    ...removeTags === undefined
      ? {}
      : { removeTags: [...removeTags, ...await withKnownNames(tx, removeTags)] },
  };
}

/** Names as they are now, so that the line still reads well when somebody is gone. */
async function named(tx: Tx, event: ThreadEvent): Promise<ThreadEvent> {
  const [fromName, toName] = await Promise.all([
    nameOf(tx, event.type, event.from),
    nameOf(tx, event.type, event.to),
  ]);
  return {
    ...event,
    ...fromName === undefined ? {} : { fromName },
    ...toName === undefined ? {} : { toName },
  };
}

/** Undefined for what has no name, and for nobody. */
async function nameOf(
  tx: Tx,
  type: ThreadEvent["type"],
  id: string | null,
): Promise<string | undefined> {
  if (id === null) return undefined;
  if (type === "assigned") return (await tx.read(keys.user(id)))?.name;
  if (type === "team") return (await tx.read(keys.team(id)))?.name;
  return type === "moved" ? (await tx.read(keys.inbox(id)))?.name : undefined;
}

/** A change as a line of the thread. Pure. */
export function eventLine(
  id: string,
  conversation: Conversation,
  seq: number,
  event: ThreadEvent,
  actor: ReturnType<typeof actorOf>,
  now: number,
): Message {
  return {
    id,
    conversationId: conversation.id,
    seq,
    kind: "event",
    author: actor.type === "user"
      ? { type: "user", id: actor.id, name: actor.name }
      : { type: "system", id: null, name: actor.name },
    text: "",
    hasHtml: false,
    attachments: [],
    status: "received",
    trace: [],
    createdAt: now,
    event,
  };
}
