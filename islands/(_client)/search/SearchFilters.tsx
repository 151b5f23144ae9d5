import { isFilter, queryParts } from "@/core/model/query_parts.ts";
import { Chip } from "../../(_components)/Chip.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import type { SearchModel } from "./search_model.ts";
import { FILTER_HINTS, type Suggestion, withFilter, withoutPart } from "./suggest_filters.ts";

const MENU_ID = "search-filters";

/** The filters of the query, each to be taken away, and those that can be added. */
export function SearchFilters({ model, onEdit }: {
  readonly model: SearchModel;
  onEdit(begun: Suggestion): void;
}) {
  const q = model.q.value;
  const filters = queryParts(q).filter((part) => isFilter(part) && part.value !== "");
  return (
    <div class="cluster search-filters">
      {filters.map((part) => (
        <Chip
          key={part.start}
          removeLabel={`Remove ${part.text}`}
          onRemove={() => void model.search(withoutPart(q, part))}
        >
          {part.isNot && "Not "}
          {capital(part.key ?? "")} <b>{part.value}</b>
        </Chip>
      ))}
      <button type="button" class="chip search-add" data-add="" popovertarget={MENU_ID}>
        <Icon name="plus" size={12} />Filter
      </button>
      <div class="menu search-filter-menu" id={MENU_ID} popover="auto" aria-label="Filters">
        {Object.entries(FILTER_HINTS).map(([key, hint]) => (
          <button
            key={key}
            type="button"
            class="menu-item"
            popovertarget={MENU_ID}
            popovertargetaction="hide"
            onClick={() => onEdit(withFilter(q, key))}
          >
            <span>{capital(key)}</span>
            <span class="end">{hint}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
