import type { ApiConversation } from "../../../../core/model/api.ts";
import type { DraftKind } from "../drafts.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

export interface ComposedWords {
  readonly kind: DraftKind;
  readonly words: {
    readonly text: string;
    /** Fields that still stand in the text. */
    readonly missing: readonly string[];
  };
}

/** Puts words behind what stands in a conversation's composer, and says which of their fields nothing is known for. */
export function writeInComposer(
  model: WorkspaceModel,
  { id, version }: ApiConversation,
  { kind, words: { text, missing } }: ComposedWords,
): void {
  const before = model.composers.get(id, kind).text.trimEnd();
  model.composers.write(id, kind, before === "" ? text : `${before}\n\n${text}`, version);
  model.composeKind.value = kind;
  model.composerFocus.value++;
  sayMissing(model, missing);
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
