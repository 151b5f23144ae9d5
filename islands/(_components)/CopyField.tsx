import type { ComponentChildren } from "preact";
import { TextField } from "./TextField.tsx";

export interface CopyFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: ComponentChildren | undefined;
  /** The button that copies; without script the text is selected by hand. */
  readonly action?: ComponentChildren | undefined;
}

/** An address or key of ours to paste elsewhere. */
export function CopyField({ name, label, value, hint, action }: CopyFieldProps) {
  return (
    <TextField name={name} label={label} value={value} hint={hint} end={action} readOnly code />
  );
}
