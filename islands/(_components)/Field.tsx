import type { ComponentChildren } from "preact";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";

export interface FieldTexts {
  readonly label: string;
  /** One line of help below the control. */
  readonly hint?: ComponentChildren | undefined;
  /** What is wrong and what to do; replaces the hint. */
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  /** At the end of the label's line, such as "Forgotten?". */
  readonly labelEnd?: ComponentChildren | undefined;
}

export interface FieldProps extends FieldTexts {
  /** Id of the control; hint and error get ids made from it. */
  readonly id: string;
  readonly children: ComponentChildren;
}

/** A label, its control, and what helps or is wrong. Give the control {@link describedBy}. */
export function Field({ id, label, hint, error, optional, labelEnd, children }: FieldProps) {
  return (
    <div class="field" data-invalid={flag(error !== undefined)}>
      <label for={id}>
        {label}
        {optional && <span class="optional">optional</span>}
        {labelEnd && <span class="label-end">{labelEnd}</span>}
      </label>
      {children}
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  );
}

export interface FieldNoteProps extends Pick<FieldTexts, "hint" | "error"> {
  readonly id: string;
}

/** The line below a control. */
export function FieldNote({ id, hint, error }: FieldNoteProps) {
  if (error !== undefined) {
    return (
      <span class="error" id={`${id}-error`}>
        <Icon name="alert" size={14} />
        {error}
      </span>
    );
  }
  return hint === undefined ? null : <span class="hint" id={`${id}-hint`}>{hint}</span>;
}

/** The aria attributes a control inside a {@link Field} needs. */
export function describedBy({ id, hint, error }: FieldNoteProps) {
  if (error !== undefined) {
    return { "aria-invalid": "true", "aria-describedby": `${id}-error` } as const;
  }
  return hint === undefined ? {} : { "aria-describedby": `${id}-hint` };
}
