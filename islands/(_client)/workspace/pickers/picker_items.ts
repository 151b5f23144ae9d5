import type { ApiConversation } from "../../../../core/model/api.ts";
import type { PickerKind, WorkspaceModel } from "../workspace_model.ts";
import { assignItems } from "./assign_items.ts";
import { moveItems } from "./move_items.ts";
import type { PickerItems } from "./picker_item.ts";
import { priorityItems } from "./priority_items.ts";
import { snoozeItems } from "./snooze_items.ts";
import { tagItems } from "./tag_items.tsx";

/** What there is to choose from, for these conversations. @param counts how often each tag is used, where that is known */
export function pickerItems(
  model: WorkspaceModel,
  kind: PickerKind,
  conversations: readonly ApiConversation[],
  counts: ReadonlyMap<string, number> = new Map(),
): PickerItems {
  switch (kind) {
    case "assign":
      return assignItems(model, conversations);
    case "snooze":
      return snoozeItems(model, conversations);
    case "tag":
      return tagItems(model, conversations, counts);
    case "priority":
      return priorityItems(model, conversations);
    case "move":
      return moveItems(model, conversations);
  }
}
