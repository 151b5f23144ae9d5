import { can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  type ConversationPatch,
  MAX_TAGS,
  type Messages,
  patchConversation,
  updateConversation,
} from "../conversations/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Conversation } from "../model/conversation.ts";
import type { FieldName } from "../model/fill_fields.ts";
import type { Macro } from "../model/macro.ts";
import type { Message } from "../model/message.ts";
import { type PostInput, seqOfVersion } from "../outbox/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { countUse } from "../sharing/mod.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { makeMissingTags } from "../tags/mod.ts";
import { planMacro } from "./plan_macro.ts";
import { type MacroPreview, previewMacro } from "./preview_macro.ts";

/** How a macro is run. */
export interface RunInput {
  /** The conversation version its author saw. */
  readonly ifVersion?: number | undefined;
  /** 0–30, of a reply it sends; default: the channel's. */
  readonly undoSeconds?: number | undefined;
}

/** What running a macro led to. */
export interface MacroRun {
  readonly conversation: Conversation;
  /** What it sent or noted, in order. */
  readonly messages: readonly Message[];
  /** For the composer, when it has words and does not send them itself. */
  readonly compose: {
    readonly text: string;
    readonly html?: string;
    readonly missing: readonly FieldName[];
  } | null;
  /** Why its comment could not be added, after everything else was done; null when nothing is missing. */
  readonly failed: CoreError | null;
}

export interface RunServices extends Pick<CoreContext, "store" | "ports"> {
  readonly messages: Pick<Messages, "post">;
}

export interface RunOptions {
  readonly conversationId: string;
  readonly macro: Macro;
  readonly input: RunInput;
  readonly options: Once;
}

/**
 * Does everything a macro says in one commit: its reply or its comment, and what it changes. A macro with both sends
 * and changes first and comments in a second commit. With an idempotency key nothing happens twice.
 * Errors: those of a reply and of a change; invalid when a field of what would be sent has no value.
 */
export async function runMacro(
  services: RunServices,
  principal: Principal,
  { conversationId, macro, input, options }: RunOptions,
): Promise<Result<MacroRun, CoreError>> {
  const planned = await previewMacro(services, principal, conversationId, macro);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const [first, ...later] = postsOf(plan, input);
  if (first !== undefined && plan.missing.length > 0) {
    return err(invalid("text", `has no value for ${plan.missing.join(", ")}`));
  }
  const { id } = plan.conversation;
  const made = await makeTags(services, principal, plan, macro);
  if (!made.ok) return made;

  const change = (tx: Tx, before: Conversation) => {
    countUse(tx, macro.id);
    // Tags are added to those it has at this moment.
    const { patch } = planMacro(macro, before, { userId: userOf(principal), now: tx.now });
    return patchConversation(tx, services.ports.ids, principal, before, patch);
  };
  const done: Result<Done, CoreError> = first === undefined
    ? await changeOnly(services, principal, { id, macro, input, options })
    : await services.messages.post(principal, id, first, { ...options, goOn: change });
  if (!done.ok) return done;

  let { conversation } = done.value;
  const messages = done.value.message === null ? [] : [done.value.message];
  let failed: CoreError | null = null;
  for (const [n, post] of later.entries()) {
    const posted = await services.messages.post(principal, id, { ...post, ...idOf(options, n) });
    if (posted.ok) {
      messages.push(posted.value.message);
      conversation = posted.value.conversation;
    } else failed = posted.error;
  }
  const { text, html, missing, sendsReply } = plan;
  const compose = text === "" || sendsReply
    ? null
    : { text, ...html === undefined ? {} : { html }, missing };
  return ok({ conversation, messages, compose, failed });
}

/** Names nobody used before become tags, as they do where they are typed. */
async function makeTags(
  { store, ports }: RunServices,
  principal: Principal,
  { conversation: { inboxId }, patch: { tags = [] } }: MacroPreview,
  { actions }: Macro,
): Promise<Result<null, CoreError>> {
  // What follows refuses it.
  const isRefused = !can(principal, "conversation.write", { inboxId }) || tags.length > MAX_TAGS;
  if (isRefused) return ok(null);
  const added = new Set(actions.flatMap((action) => action.type === "tags" ? action.add : []));
  const names = tags.filter((name) => added.has(name));
  return await makeMissingTags(store, ports, names);
}

/** What a commit led to; the same under one idempotency key, whether something was posted or not. */
interface Done {
  readonly message: Message | null;
  readonly conversation: Conversation;
}

function changeOnly(
  { store, ports }: RunServices,
  principal: Principal,
  { id, macro, input, options }: Omit<RunOptions, "conversationId"> & { readonly id: string },
): Promise<Result<Done, CoreError>> {
  return transact(store, (tx) =>
    once<Done>(tx, options, async () => {
      const before = await tx.get(keys.conversation(id));
      const { ifVersion } = input;
      if (before !== null && ifVersion !== undefined && before.version > ifVersion) {
        const sinceSeq = await seqOfVersion(tx, before, ifVersion);
        return err({ code: "version_conflict", version: before.version, sinceSeq });
      }
      const now = { userId: userOf(principal), now: tx.now };
      const patch: ConversationPatch = before === null ? {} : planMacro(macro, before, now).patch;
      const updated = await updateConversation(tx, ports.ids, principal, id, patch);
      if (!updated.ok) return updated;
      countUse(tx, macro.id);
      return ok({ message: null, conversation: updated.value });
    }), { queue: id });
}

/** The reply before the comment: when it may not be sent, nothing at all has happened. */
function postsOf(
  { sendsReply, text, html, comments }: MacroPreview,
  { ifVersion, undoSeconds }: RunInput,
): readonly PostInput[] {
  const words = html === undefined ? { text } : { html };
  const reply: PostInput = { kind: "reply", ...words, undoSeconds };
  const notes = comments.map((comment): PostInput => ({ kind: "comment", text: comment }));
  const [first, ...later] = sendsReply ? [reply, ...notes] : notes;
  return first === undefined ? [] : [{ ...first, ifVersion }, ...later];
}

/** The same message for the same idempotency key. */
function idOf({ idempotency }: Once, n: number): Pick<PostInput, "id"> {
  if (idempotency === undefined) return {};
  const { scope, key } = idempotency;
  return { id: `msg_${sha256(`${scope} ${key} ${n}`).slice(0, 32)}` };
}

function userOf(principal: Principal): string | null {
  return principal.type === "user" ? principal.user.id : null;
}
