import { useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";
import { useMenu } from "./use_menu.ts";
import { SORT_WORDS } from "./view_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import {
  formatRoute,
  isPersonalView,
  type Sort,
  SORTS,
  type WorkspaceRoute,
} from "./workspace_route.ts";

/** What is done knows orders by time only, one's own lists theirs; nothing has a deadline yet. */
function sortsOf(model: WorkspaceModel, route: WorkspaceRoute): readonly Sort[] {
  if (isPersonalView(route.view)) return [];
  const hasDone = model.conversations.statuses().some((one) => one !== "open" && one !== "snoozed");
  return SORTS.filter((sort) =>
    sort !== "sla" && (!hasDone || sort === "newest" || sort === "oldest")
  );
}

/** In which order the list stands. What is closed stands by when that happened. */
export function SortMenu({ model }: { readonly model: WorkspaceModel }) {
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  const route = model.navigation.route.value;
  const sorts = sortsOf(model, route);
  if (sorts.length === 0) return null;
  const label = `Sort: ${SORT_WORDS[route.sort].toLowerCase()}`;
  return (
    <details class="dropdown" name="dropdown" ref={details} onKeyDown={menu.onKeyDown}>
      <summary class="button" data-kind="ghost" data-icon="" title={label}>
        <Icon name="sort" />
        <span class="sr">{label}</span>
      </summary>
      <div class="menu" role="group" aria-label="Sort" onClick={menu.close}>
        {sorts.map((sort) => (
          <a
            key={sort}
            class="menu-item"
            href={formatRoute({ ...route, sort, conversationId: null, pane: null })}
            aria-current={sort === route.sort ? "true" : undefined}
          >
            {SORT_WORDS[sort]}
            {sort === route.sort && <Icon name="check" size={14} />}
          </a>
        ))}
      </div>
    </details>
  );
}
