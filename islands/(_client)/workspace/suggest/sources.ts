import type { ApiConversation } from "../../../../core/model/api.ts";
import type { DraftKind } from "../drafts.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { commonEmojiSource, emojiSource } from "./emoji_source.ts";
import { mentionSource } from "./mention_source.ts";
import { snippetSource } from "./snippet_source.ts";
import type { SuggestionSource } from "./suggestion.ts";

/** Where somebody writes. */
export interface SuggestionPlace {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
}

/**
 * What a sign offers; null where it is only a sign.
 * @param isAsked by a button, so that it shows something for no letters too
 */
export function sourceOf(
  place: SuggestionPlace,
  sign: SuggestionSource["sign"],
  isAsked: boolean,
): SuggestionSource | null {
  switch (sign) {
    case ":":
      return isAsked ? commonEmojiSource : emojiSource;
    case "@":
      return place.kind === "comment" ? mentionSource(place.model, place.conversation) : null;
    case "/":
      return snippetSource(place);
  }
}
