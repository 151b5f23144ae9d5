import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { WorkspaceModel } from "../workspace_model.ts";

export interface EditableFactProps {
  readonly model: WorkspaceModel;
  /** Of the field, within the card: "name", "email", … */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** In place of the value while nobody edits: a word for a code or an id. */
  readonly shown?: string;
  /** A picture before it. */
  readonly start?: ComponentChildren;
  /** Said when there is no value. */
  readonly nothing: string;
  /** Behind the value: a mark. */
  readonly end?: ComponentChildren;
  readonly inputType?: "email" | "tel" | "text";
  readonly maxLength: number;
  /** What may be chosen; any text when absent. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly onSave: (value: string) => void;
}

/** Something known of a contact: press or Enter edits it in its place, Enter keeps it, Escape does not. */
export function EditableFact(props: EditableFactProps) {
  const { model, id, label, value, shown = value, start, nothing, end } = props;
  const isEdited = model.contactField.value === id;
  const button = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  useEffect(() => {
    // Back to where the keyboard was, unless it went on by itself.
    if (wasEdited.current && !isEdited && document.activeElement === document.body) {
      button.current?.focus();
    }
    wasEdited.current = isEdited;
  }, [isEdited]);
  return (
    <>
      <dt>{label}</dt>
      <dd title={isEdited ? undefined : shown}>
        {isEdited ? <FactInput {...props} /> : (
          <button
            ref={button}
            type="button"
            class="fact-button"
            data-empty={value === "" ? "" : undefined}
            aria-label={`${label}: ${value === "" ? nothing : shown}. Edit`}
            onClick={() => model.contactField.value = id}
          >
            {value !== "" && start}
            <span class="truncate">{value === "" ? nothing : shown}</span>
          </button>
        )}
        {!isEdited && end}
      </dd>
    </>
  );
}

function FactInput({
  model,
  id,
  label,
  value,
  inputType = "text",
  maxLength,
  options,
  onSave,
}: EditableFactProps) {
  const control = useRef<HTMLInputElement & HTMLSelectElement>(null);
  // Escape and Enter take the field away, and that is a blur of its own.
  const isOver = useRef(false);
  useEffect(() => {
    control.current?.focus();
    if (options === undefined) control.current?.select();
  }, []);
  const finish = (isKept: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    const written = control.current?.value.trim() ?? value;
    if (model.contactField.peek() === id) model.contactField.value = null;
    if (isKept && written !== value) onSave(written);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter");
  };
  const common = {
    ref: control,
    class: "input fact-input",
    "aria-label": label,
    onKeyDown,
    onBlur: () => finish(true),
  };
  if (options === undefined) {
    return (
      <input
        {...common}
        type={inputType}
        defaultValue={value}
        {...{ maxLength }}
        autocomplete="off"
      />
    );
  }
  return (
    <select {...common} value={value}>
      {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
    </select>
  );
}
