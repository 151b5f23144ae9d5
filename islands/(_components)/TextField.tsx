import type { ComponentChildren, JSX } from "preact";
import { describedBy, Field, type FieldTexts } from "./Field.tsx";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface TextFieldProps
  extends FieldTexts, Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "label" | "icon"> {
  readonly name: string;
  /** The name when absent. */
  readonly id?: string | undefined;
  readonly icon?: IconName | undefined;
  /** Code type face: keys, addresses. */
  readonly code?: boolean | undefined;
  /** Buttons inside the control's end, such as Show or Copy. */
  readonly end?: ComponentChildren | undefined;
}

/** A line of text with its label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, optional, labelEnd, name, id = name, icon, code, end, ...input } =
    props;
  const texts = { label, hint, error, optional, labelEnd };
  const control = (
    <input
      {...input}
      class="input"
      id={id}
      name={name}
      data-code={flag(code)}
      {...describedBy({ id, hint, error })}
    />
  );
  return (
    <Field id={id} {...texts}>
      {icon === undefined && end === undefined ? control : (
        <div class="input-box">
          {icon && <Icon name={icon} size={14} />}
          {control}
          {end && <span class="input-end">{end}</span>}
        </div>
      )}
    </Field>
  );
}
