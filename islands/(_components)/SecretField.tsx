import { describedBy, Field, FieldNote, type FieldTexts } from "./Field.tsx";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";

export interface SecretFieldProps extends FieldTexts {
  readonly name: string;
  readonly id?: string | undefined;
  /** One is stored. Its value is never sent to a browser. */
  readonly isSet: boolean;
  readonly required?: boolean | undefined;
}

/**
 * A secret is set or it is not. Replace opens an empty field (a `<details>`, so without script);
 * a form sent with the field empty keeps the stored one.
 */
export function SecretField(props: SecretFieldProps) {
  const { name, id = name, isSet, required, label, hint, error } = props;
  const input = (
    <input
      class="input"
      id={id}
      name={name}
      type="password"
      autocomplete="new-password"
      required={required && !isSet}
      {...describedBy({ id, hint, error })}
    />
  );
  if (!isSet) return <Field {...props} id={id}>{input}</Field>;
  return (
    <div class="field" data-invalid={flag(error !== undefined)}>
      <span class="label">{label}</span>
      <details class="secret-swap" open={error !== undefined}>
        <summary class="secret">
          <Icon name="lock" size={14} />
          Set
          <span class="meta button-like">Replace</span>
        </summary>
        <label class="sr" for={id}>New {label}</label>
        {input}
      </details>
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  );
}
