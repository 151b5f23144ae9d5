/** Snippets and macros in the shapes of the API. */
import type {
  ApiFilledSnippet,
  ApiMacro,
  ApiMacroPreview,
  ApiMacroRun,
  ApiSnippet,
} from "@/core/model/api_snippets.ts";
import type { Macro } from "@/core/model/macro.ts";
import type { Snippet } from "@/core/model/snippet.ts";
import type { FilledSnippet, MacroPreview, MacroRun, Shown } from "@/core/mod.ts";
import type { ConversationRow } from "@/core/mod.ts";
import type { z } from "zod";
import { toProblem } from "./http_error.ts";
import { conversationView, isoTime, messageView, type SignAttachment } from "./views.ts";

export function snippetView(snippet: Shown<Snippet>): ApiSnippet {
  return { ...snippet, ...times(snippet) };
}

export function macroView(macro: Shown<Macro>): ApiMacro {
  return {
    ...macro,
    ...times(macro),
    actions: macro.actions.map((action) =>
      action.type === "tags"
        ? { ...action, add: [...action.add], remove: [...action.remove] }
        : action
    ),
  };
}

export function filledView(
  { text, html, missing }: FilledSnippet,
): z.infer<typeof ApiFilledSnippet> {
  return { text, ...(html !== undefined && { html }), missing: [...missing] };
}

export function macroPreviewView(
  { patch, sendsReply, comments, ...words }: MacroPreview,
): z.infer<typeof ApiMacroPreview> {
  const { status, snoozedUntil, assigneeId, teamId, tags, priority, inboxId } = patch;
  return {
    ...filledView(words),
    sendsReply,
    comments: [...comments],
    set: {
      ...(status !== undefined && { status }),
      ...(typeof snoozedUntil === "number" && { snoozedUntil: isoTime(snoozedUntil) }),
      ...(assigneeId !== undefined && { assigneeId }),
      ...(teamId !== undefined && { teamId }),
      ...(tags !== undefined && { tags: [...tags] }),
      ...(priority !== undefined && { priority }),
      ...(inboxId !== undefined && { inboxId }),
    },
  };
}

/** @param row the conversation as the caller sees it */
export async function macroRunView(
  { messages, compose, failed }: MacroRun,
  row: ConversationRow,
  sign: SignAttachment,
): Promise<ApiMacroRun> {
  return {
    conversation: conversationView(row),
    messages: await Promise.all(messages.map((message) => messageView(message, sign))),
    compose: compose && filledView(compose),
    failed: failed && toProblem(failed).detail,
  };
}

function times({ createdAt, updatedAt, usedAt }: {
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly usedAt: number | null;
}) {
  return {
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
    usedAt: usedAt === null ? null : isoTime(usedAt),
  };
}
