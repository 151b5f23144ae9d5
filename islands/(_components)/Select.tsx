import type { JSX } from "preact";
import { describedBy, Field, type FieldTexts } from "./Field.tsx";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps
  extends
    FieldTexts,
    Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, "label" | "value" | "size" | "class"> {
  readonly name: string;
  readonly id?: string | undefined;
  readonly options: readonly Option[];
  readonly value?: string | undefined;
}

/** One of several, with label, hint and error. */
export function Select(props: SelectProps) {
  const { label, hint, error, optional, labelEnd, name, id = name, options, value, ...select } =
    props;
  return (
    <Field id={id} {...{ label, hint, error, optional, labelEnd }}>
      <SelectControl
        {...select}
        id={id}
        name={name}
        options={options}
        value={value}
        {...describedBy({ id, hint, error })}
      />
    </Field>
  );
}

export interface SelectControlProps
  extends Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, "size" | "value" | "class"> {
  readonly options: readonly Option[];
  readonly value?: string | undefined;
  readonly size?: "small" | undefined;
}

/** The control alone, for tables and toolbars; give it an `aria-label`. */
export function SelectControl({ options, value, size, ...select }: SelectControlProps) {
  return (
    <span class="select" data-size={size}>
      <select {...select}>
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            selected={option.value === value}
            disabled={option.disabled}
          >
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
