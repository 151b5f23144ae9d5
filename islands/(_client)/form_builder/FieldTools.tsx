import type { DraftField } from "@/core/model/form_draft.ts";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { IconButton } from "@/islands/(_components)/IconButton.tsx";
import { BUILDER } from "./builder_form.ts";
import { dragged } from "./drag.ts";
import type { Edit } from "./edit_draft.ts";
import { type Step, stepValue } from "./post_draft.ts";

export interface FieldToolsProps {
  readonly field: DraftField;
  /** All of the form. */
  readonly fields: readonly DraftField[];
  readonly edit: (step: Edit) => void;
}

/** Moves, doubles or deletes the open field. */
export function FieldTools({ field, fields, edit }: FieldToolsProps) {
  const { key, label } = field;
  const at = fields.indexOf(field);
  const tool = (step: Step) => ({
    type: "submit" as const,
    form: BUILDER,
    name: "do",
    value: stepValue(step),
    size: "small" as const,
    onClick: (event: Event) => {
      event.preventDefault();
      edit(step);
    },
  });
  return (
    <span class="fm-tools" role="group" aria-label={`What to do with “${label}”`}>
      <span
        class="fm-grip"
        draggable
        title="Drag to move"
        onDragStart={(event) => dragged.start(event, { key })}
      >
        <Icon name="grip" size={14} />
      </span>
      <IconButton
        icon="arrow-up"
        label="Move up"
        shortcut="Alt+ArrowUp"
        {...tool({ do: "move", key, to: at - 1 })}
        disabled={at === 0}
      />
      <IconButton
        icon="arrow-down"
        label="Move down"
        shortcut="Alt+ArrowDown"
        {...tool({ do: "move", key, to: at + 1 })}
        disabled={at === fields.length - 1}
      />
      <IconButton icon="copy" label="Duplicate" {...tool({ do: "duplicate", key })} />
      <IconButton
        icon="trash"
        label="Delete"
        shortcut="Delete"
        {...tool({ do: "remove", key })}
      />
    </span>
  );
}
