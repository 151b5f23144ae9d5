import type { JSX } from "preact";
import { describedBy, Field, type FieldTexts } from "./Field.tsx";
import { flag } from "./flag.ts";

export interface TextAreaProps
  extends FieldTexts, Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, "label"> {
  readonly name: string;
  readonly id?: string | undefined;
  readonly code?: boolean | undefined;
}

/** Several lines of text with label, hint and error. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, optional, labelEnd, name, id = name, code, ...area } = props;
  return (
    <Field id={id} {...{ label, hint, error, optional, labelEnd }}>
      <textarea
        rows={3}
        {...area}
        class="input"
        id={id}
        name={name}
        data-code={flag(code)}
        {...describedBy({ id, hint, error })}
      />
    </Field>
  );
}
