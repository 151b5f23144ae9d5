import { IconButton } from "../../(_components)/IconButton.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";
import { isPersonalView, isSavedView } from "./workspace_route.ts";

/** Opens the filter of the list: to narrow it, to save it as a view, to change the view it is. */
export function FilterButton({ model }: { readonly model: WorkspaceModel }) {
  const { view } = model.navigation.route.value;
  if (isPersonalView(view)) return null;
  const isOn = view === "filter" || isSavedView(view);
  return (
    <IconButton
      icon="filter"
      label={isSavedView(view) ? "Change this view" : "Filter"}
      class="needs-script"
      aria-pressed={isOn}
      aria-haspopup="dialog"
      onClick={() => model.isFilterOpen.value = true}
    />
  );
}
