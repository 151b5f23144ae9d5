import type { ApiConversation } from "../../../../core/model/api.ts";
import { escapeHtml } from "../../../../core/model/escape_html.ts";
import type { DraftKind } from "../drafts.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

export interface ComposedWords {
  readonly kind: DraftKind;
  readonly words: {
    readonly text: string;
    readonly html?: string | undefined;
    /** Fields that still stand in the text. */
    readonly missing: readonly string[];
  };
}

/** Puts words behind what stands in a conversation's composer, and says which of their fields nothing is known for. */
export function writeInComposer(
  model: WorkspaceModel,
  { id, version }: ApiConversation,
  { kind, words }: ComposedWords,
): void {
  const before = model.composers.get(id, kind);
  const isEmpty = before.text.trim() === "";
  const text = isEmpty ? words.text : `${before.text.trimEnd()}\n\n${words.text}`;
  const own = words.html ?? htmlOf(words.text);
  const html = words.html === undefined && before.html === null
    ? null
    : isEmpty
    ? own
    : `${before.html ?? htmlOf(before.text)}<div><br></div>${own}`;
  model.composers.write(id, kind, text, version, html);
  model.composeKind.value = kind;
  model.composerFocus.value++;
  sayMissing(model, words.missing);
}

/** The author fills in what nobody knows before it is sent. */
export function sayMissing(model: WorkspaceModel, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const fields = missing.map((name) => `{{${name}}}`).join(", ");
  model.toasts.show({
    icon: "alert",
    text: `Nothing is known for ${fields}: write it yourself`,
    lastsMs: 10_000,
  });
}

/** Plain words as the rich editor writes them: a block for each line. */
function htmlOf(text: string): string {
  return text.trimEnd().split("\n").map((line) => `<div>${escapeHtml(line) || "<br>"}</div>`)
    .join("");
}
