import type { ApiMessage } from "../../../core/model/api.ts";
import type { ReactionGroup } from "../../(_components)/BubbleNotes.tsx";

/** Reactions by what they are, in the order they were first tapped. */
export function reactionGroups(
  reactions: NonNullable<ApiMessage["reactions"]> = [],
): readonly ReactionGroup[] {
  const groups = new Map<string, string[]>();
  for (const { emoji, name } of reactions) {
    const names = groups.get(emoji);
    if (names === undefined) groups.set(emoji, [name]);
    else names.push(name);
  }
  return [...groups].map(([emoji, names]) => ({ emoji, names }));
}
