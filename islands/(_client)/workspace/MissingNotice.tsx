import { Icon } from "../../(_components)/Icon.tsx";
import { filterOfList } from "./list_rules.ts";
import { missingInFilter } from "./missing_in_filter.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** A view that asks for something that is gone says so: it would only seem empty. */
export function MissingNotice({ model }: { readonly model: WorkspaceModel }) {
  const filter = filterOfList(model.navigation.route.value, model.conversations.rules);
  const missing = filter == null ? [] : missingInFilter(filter, model.data);
  if (missing.length === 0) return null;
  return (
    <p class="list-notice" role="status">
      <Icon name="warning" size={14} />
      It asks for a {missing.join(" and a ")} that is gone.
    </p>
  );
}
