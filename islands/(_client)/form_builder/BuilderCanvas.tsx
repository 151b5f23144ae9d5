import { useSignal } from "@preact/signals";
import { HostedField } from "@/islands/(_components)/HostedField.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { flag } from "@/islands/(_components)/flag.ts";
import { BUILDER } from "./builder_form.ts";
import { dragged } from "./drag.ts";
import type { Edit } from "./edit_draft.ts";
import { FieldTools } from "./FieldTools.tsx";
import type { DraftField, FormDraft } from "@/core/model/form_draft.ts";
import { fieldOf } from "./form_draft.ts";
import { type Step, stepValue } from "./post_draft.ts";

export interface BuilderCanvasProps {
  readonly draft: FormDraft;
  /** Shown where the form has no title of its own. */
  readonly channelName: string;
  /** Keys of fields that could not be stored as they are. */
  readonly wrong: readonly string[];
  readonly edit: (step: Edit) => void;
}

const WORDS = {
  optional: "optional",
  choose: "Please choose",
  chooseFiles: "Choose files",
  notice: "Privacy notice",
};

/** The form itself, as visitors see it; each field can be picked, moved and taken out. */
export function BuilderCanvas({ draft, channelName, wrong, edit }: BuilderCanvasProps) {
  const { fields, title, intro, submitLabel, accentColor, selected } = draft;
  /** The place between fields where what is dragged would go. */
  const target = useSignal<number | null>(null);

  /** @param over index of the field under the pointer, or the number of fields */
  const over = (event: DragEvent, at: number) => {
    if (!dragged.isOurs(event)) return;
    event.preventDefault();
    event.stopPropagation();
    target.value = at;
  };
  const drop = (event: DragEvent) => {
    const what = dragged.read(event);
    const at = target.value ?? fields.length;
    target.value = null;
    if (what === null) return;
    event.preventDefault();
    if ("kind" in what) return edit({ do: "add", kind: what.kind, at });
    const from = fields.findIndex(({ key }) => key === what.key);
    edit({ do: "move", key: what.key, to: at > from ? at - 1 : at });
  };

  return (
    <div
      class="hf fm-preview"
      style={/^#[0-9a-f]{6}$/i.test(accentColor) ? `--brand: ${accentColor}` : "--brand: #2f54d6"}
      onDragOver={(event) => over(event, fields.length)}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) target.value = null;
      }}
      onDrop={drop}
    >
      <div class="hf-card">
        <div class="fm-field" data-selected={flag(selected === null)}>
          <Pick label="Title and button" step={{ do: "select", key: null }} edit={edit} />
          <h2 class="hf-h1">{title || channelName}</h2>
          {intro && <p class="hf-intro">{intro}</p>}
        </div>
        <ol class="hf-grid">
          {fields.map((field, at) => (
            <li
              key={field.key}
              class={field.width === "half" ? "fm-field half" : "fm-field"}
              data-selected={flag(field.key === selected)}
              data-invalid={flag(wrong.includes(field.key))}
              data-target={target.value === at
                ? "before"
                : target.value === fields.length && at === fields.length - 1
                ? "after"
                : undefined}
              onDragOver={(event) => over(event, isPastMiddle(event) ? at + 1 : at)}
            >
              <Pick
                label={field.label || "Field without a label"}
                step={{ do: "select", key: field.key }}
                edit={edit}
                field={field}
              />
              {field.key === selected && <FieldTools field={field} fields={fields} edit={edit} />}
              <div inert>
                {field.type === "hidden"
                  ? <HiddenField {...field} />
                  : <HostedField field={fieldOf(field)} words={WORDS} />}
              </div>
            </li>
          ))}
        </ol>
        {fields.length === 0 && (
          <p class="fm-none">No fields yet. Press one on the left, or drag it here.</p>
        )}
        <span class="hf-send" aria-hidden="true">{submitLabel || "Send"}</span>
      </div>
    </div>
  );
}

/** Covers a field, so that a press anywhere opens its settings. */
function Pick({ label, step, edit, field }: {
  readonly label: string;
  readonly step: Step;
  readonly edit: (step: Edit) => void;
  /** Can be dragged. */
  readonly field?: DraftField;
}) {
  return (
    <button
      type="submit"
      form={BUILDER}
      name="do"
      value={stepValue(step)}
      class="fm-pick"
      aria-label={`Edit: ${label}`}
      data-key={field?.key ?? ""}
      draggable={field !== undefined}
      onDragStart={(event) => field && dragged.start(event, { key: field.key })}
      onClick={(event) => {
        event.preventDefault();
        edit(step);
      }}
    />
  );
}

/** Visitors never see it: a line that says so. */
function HiddenField({ label, value }: DraftField) {
  return (
    <p class="fm-hidden">
      <Icon name="eye" size={14} />
      {label}: <b>{value || "empty"}</b>
      <small>not shown to visitors</small>
    </p>
  );
}

/** Fields stand below each other, those of half width beside each other too. */
function isPastMiddle({ currentTarget, clientX, clientY }: DragEvent): boolean {
  if (!(currentTarget instanceof HTMLElement)) return false;
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return currentTarget.classList.contains("half")
    ? clientX > left + width / 2
    : clientY > top + height / 2;
}
