import type { BarItem, BarPage } from "../../command_bar/bar_page.ts";
import type { PickerKind, WorkspaceModel } from "../workspace_model.ts";
import { pickerItems } from "./picker_items.ts";
import { PICKER_LOOKS } from "./picker_looks.ts";

/** The same choices as a page of the command bar. */
export function pickerPage(model: WorkspaceModel, kind: PickerKind): BarPage {
  const { label, placeholder } = PICKER_LOOKS[kind];
  const items = pickerItems(model, kind, model.targets.peek());
  let group = label;
  return {
    title: label,
    placeholder,
    areFitting: true,
    items(words) {
      group = label;
      return items(words).map(({ id, words, icon, face, end, state, above, run }): BarItem => {
        if (typeof above === "object") group = above.head;
        else if (above === "line") group = "Or";
        return {
          id,
          words,
          group,
          ...icon !== undefined && { icon },
          ...face?.of === "team" && { face: { id: face.id, name: face.name, of: "team" as const } },
          ...face?.of === "nobody" && { icon: "circle" as const },
          ...end !== undefined && { detail: end },
          isChosen: state === "on",
          run,
        };
      });
    },
  };
}
