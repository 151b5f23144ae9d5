import { Chip } from "../../../(_components)/Chip.tsx";
import { IconButton } from "../../../(_components)/IconButton.tsx";
import { SelectControl } from "../../../(_components)/Select.tsx";
import type { ViewCondition } from "../../../../core/model/view_filter.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { choicesOf, comparisonsOf, conditionFor, type FieldName, FIELDS } from "./fields.ts";

export interface ConditionRowProps {
  readonly model: WorkspaceModel;
  readonly condition: ViewCondition;
  readonly onChange: (condition: ViewCondition) => void;
  readonly onRemove: () => void;
}

const FIELD_OPTIONS = Object.entries(FIELDS).map(([value, { label }]) => ({ value, label }));
const UNITS = ["minutes", "hours", "days"].map((value) => ({ value, label: value }));

/** One condition: what it asks, how, and for which value. */
export function ConditionRow({ model, condition, onChange, onRemove }: ConditionRowProps) {
  const { field } = condition;
  const { label } = FIELDS[field];
  const compared = condition.is === "equal" ? String(condition.value) : condition.is;
  return (
    <div class="filter-row" role="group" aria-label={label}>
      <SelectControl
        aria-label="Field"
        options={FIELD_OPTIONS}
        value={field}
        onChange={(event) => onChange(conditionFor(event.currentTarget.value as FieldName))}
      />
      <SelectControl
        aria-label={`${label}: how`}
        options={comparisonsOf(field)}
        value={compared}
        onChange={(event) => onChange(comparedBy(condition, event.currentTarget.value))}
      />
      <Value model={model} condition={condition} onChange={onChange} />
      <IconButton icon="x" label={`Remove ${label.toLowerCase()}`} onClick={onRemove} />
    </div>
  );
}

/** The options of the control are those of the condition's own kind. */
function comparedBy(condition: ViewCondition, is: string): ViewCondition {
  return condition.is === "equal"
    ? { ...condition, value: is === "true" }
    : { ...condition, is } as ViewCondition;
}

function Value({ model, condition, onChange }: Omit<ConditionRowProps, "onRemove">) {
  const { value } = condition;
  const { label } = FIELDS[condition.field];
  if (typeof value === "boolean") return null;
  if (typeof value === "string") {
    return (
      <input
        class="input"
        aria-label={`${label}: words`}
        maxLength={200}
        value={value}
        onInput={(event) =>
          onChange({ ...condition, value: event.currentTarget.value } as ViewCondition)}
      />
    );
  }
  if ("unit" in value) {
    const set = (more: Partial<typeof value>) =>
      onChange({ ...condition, value: { ...value, ...more } } as ViewCondition);
    return (
      <span class="filter-time">
        <input
          class="input"
          type="number"
          min="1"
          max="10000"
          aria-label={`${label}: how long`}
          value={value.amount}
          onInput={(event) => {
            const amount = event.currentTarget.valueAsNumber;
            if (Number.isInteger(amount) && amount >= 1 && amount <= 10_000) set({ amount });
          }}
        />
        <SelectControl
          aria-label={`${label}: unit`}
          options={UNITS}
          value={value.unit}
          onChange={(event) => set({ unit: event.currentTarget.value as typeof value.unit })}
        />
      </span>
    );
  }
  return <Choices model={model} condition={condition} chosen={value} onChange={onChange} />;
}

/** Several values: each can be taken away, others are added from a list; of tags also by typing. */
function Choices({ model, condition, chosen, onChange }: Omit<ConditionRowProps, "onRemove"> & {
  readonly chosen: readonly string[];
}) {
  const { field } = condition;
  const options = choicesOf(model, field);
  const label = FIELDS[field].label;
  const set = (value: readonly string[]) => onChange({ ...condition, value } as ViewCondition);
  const rest = options.filter(({ value }) => !chosen.includes(value));
  const add = (text: string) => {
    const value = text.trim();
    if (value !== "" && !chosen.includes(value) && chosen.length < 50) set([...chosen, value]);
  };
  return (
    <span class="filter-choices">
      {chosen.map((value) => {
        const name = options.find((option) => option.value === value)?.label ??
          (field === "tag" ? value : `Deleted ${label.toLowerCase()}`);
        return (
          <Chip
            key={value}
            removeLabel={`Remove ${name}`}
            onRemove={() => set(chosen.filter((one) => one !== value))}
          >
            {name}
          </Chip>
        );
      })}
      {field === "tag"
        ? (
          <input
            class="input"
            aria-label="Add a tag"
            placeholder="Add a tag"
            maxLength={50}
            list="filter-tags"
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add(event.currentTarget.value);
              event.currentTarget.value = "";
            }}
            onChange={(event) => {
              add(event.currentTarget.value);
              event.currentTarget.value = "";
            }}
          />
        )
        : rest.length > 0 && (
          <SelectControl
            aria-label={`Add to ${label.toLowerCase()}`}
            options={[{ value: "", label: chosen.length === 0 ? "Choose…" : "or…" }, ...rest]}
            value=""
            onChange={(event) => {
              add(event.currentTarget.value);
              event.currentTarget.value = "";
            }}
          />
        )}
      {field === "tag" && (
        <datalist id="filter-tags">
          {options.map(({ value }) => <option key={value} value={value} />)}
        </datalist>
      )}
    </span>
  );
}
