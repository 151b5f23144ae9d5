import { Button } from "../../../(_components)/Button.tsx";
import { Icon } from "../../../(_components)/Icon.tsx";
import { SelectControl } from "../../../(_components)/Select.tsx";
import { nodesOf } from "../../../../core/model/match_filter.ts";
import type { ViewFilter } from "../../../../core/model/view_filter.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { ConditionRow } from "./ConditionRow.tsx";
import { addAt, joinAt, type Path, replaceAt } from "./edit_filter.ts";
import { conditionFor } from "./fields.ts";

export interface FilterGroupProps {
  readonly model: WorkspaceModel;
  /** The whole filter. */
  readonly filter: ViewFilter;
  readonly group: ViewFilter;
  /** Where the group stands in it. */
  readonly path: Path;
  readonly isFull: boolean;
  readonly onChange: (filter: ViewFilter) => void;
}

const JOINS = [
  { value: "all", label: "all of these" },
  { value: "any", label: "any of these" },
];
/** Groups in groups. */
const MAX_DEPTH = 3;

/** Conditions of which all, or any, have to hold. */
export function FilterGroup({ model, filter, group, path, isFull, onChange }: FilterGroupProps) {
  const change = (next: ViewFilter) => onChange(next);
  return (
    <fieldset class="filter-group">
      <legend>
        <span>Conversations with</span>
        <SelectControl
          size="small"
          aria-label="How conditions are joined"
          options={JOINS}
          value={"all" in group ? "all" : "any"}
          onChange={(event) =>
            change(joinAt(filter, path, event.currentTarget.value === "all" ? "all" : "any"))}
        />
      </legend>
      {nodesOf(group).map((node, n) => {
        const at = [...path, n];
        return "field" in node
          ? (
            <ConditionRow
              key={n}
              model={model}
              condition={node}
              onChange={(condition) => change(replaceAt(filter, at, condition))}
              onRemove={() => change(replaceAt(filter, at, null))}
            />
          )
          : (
            <FilterGroup
              key={n}
              {...{ model, filter, isFull, onChange }}
              group={node}
              path={at}
            />
          );
      })}
      <div class="cluster">
        <Button
          kind="ghost"
          size="small"
          disabled={isFull}
          onClick={() => change(addAt(filter, path, conditionFor("tag")))}
        >
          <Icon name="plus" size={14} />
          Condition
        </Button>
        {path.length + 1 < MAX_DEPTH && (
          <Button
            kind="ghost"
            size="small"
            disabled={isFull}
            onClick={() => change(addAt(filter, path, { any: [conditionFor("priority")] }))}
          >
            <Icon name="plus" size={14} />
            Group
          </Button>
        )}
        {path.length > 0 && (
          <Button
            kind="ghost"
            size="small"
            onClick={() => change(replaceAt(filter, path, null))}
          >
            Remove the group
          </Button>
        )}
      </div>
    </fieldset>
  );
}
