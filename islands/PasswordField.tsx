import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { IconButton } from "./(_components)/IconButton.tsx";
import { TextField } from "./(_components)/TextField.tsx";

export interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: "current-password" | "new-password";
  readonly hint?: string;
  readonly error?: string;
  readonly minlength?: number;
  readonly autofocus?: boolean;
  /** Where a forgotten password is helped. */
  readonly forgotHref?: string;
}

/** A password with a button that shows it; without script, the plain field. */
export default function PasswordField(props: PasswordFieldProps) {
  const { forgotHref, ...field } = props;
  const hasScript = useSignal(false);
  const isShown = useSignal(false);
  useEffect(() => {
    hasScript.value = true;
  }, []);
  const toggle = () => isShown.value = !isShown.value;
  return (
    <TextField
      {...field}
      type={isShown.value ? "text" : "password"}
      required
      spellcheck={false}
      autocapitalize="off"
      labelEnd={forgotHref && <a class="link meta" href={forgotHref}>Forgotten?</a>}
      end={
        <span hidden={!hasScript.value}>
          <IconButton
            icon="eye"
            label={isShown.value ? "Hide the password" : "Show the password"}
            aria-pressed={isShown.value}
            size="small"
            iconSize={16}
            onClick={toggle}
          />
        </span>
      }
    />
  );
}
