import type { Edit } from "./edit_draft.ts";
import type { FormDraft } from "@/core/model/form_draft.ts";

/** What a screen reader says of a step; empty where the focus says it already. */
export function wordsOfEdit(step: Edit, before: FormDraft, after: FormDraft): string {
  switch (step.do) {
    case "add":
    case "duplicate":
    case "restore":
      return `Added: ${placeOf(after, after.selected)}`;
    case "move":
      return `Moved: ${placeOf(after, step.key)}`;
    case "remove":
      return `Deleted: ${before.fields.find(({ key }) => key === step.key)?.label ?? ""}`;
    case "select":
    case "field":
    case "form":
      return "";
  }
}

function placeOf({ fields }: FormDraft, key: string | null): string {
  const at = fields.findIndex((field) => field.key === key);
  return `${fields[at]?.label ?? ""}, ${at + 1} of ${fields.length}`;
}
