import type { ApiConversation } from "../../../../core/model/api.ts";
import { applyToMany } from "../apply_to_many.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { fitsQuery, type PickerItems } from "./picker_item.ts";
import { stateOf } from "./state_of.ts";

const PRIORITIES = ["urgent", "high", "medium", "low", null] as const;
const WORDS = { urgent: "Urgent", high: "High", medium: "Medium", low: "Low" } as const;

/** The four, and none. */
export function priorityItems(
  model: WorkspaceModel,
  conversations: readonly ApiConversation[],
): PickerItems {
  const items = PRIORITIES.map((priority) => {
    const words = priority === null ? "None" : WORDS[priority];
    return {
      id: words,
      words,
      icon: priority === null ? "circle" as const : "star" as const,
      state: stateOf(conversations, (one) => one.priority === priority),
      ...priority === null && { above: "line" as const },
      run: () =>
        void applyToMany(
          model,
          conversations,
          { priority },
          priority === null ? "No priority any more" : `Priority ${words.toLowerCase()}`,
        ),
    };
  });
  return (query) => items.filter(({ words }) => fitsQuery(words, query));
}
