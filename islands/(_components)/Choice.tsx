import type { ComponentChildren, JSX } from "preact";

export interface ChoiceProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "type"> {
  readonly name: string;
  readonly kind: "checkbox" | "radio" | "switch";
  readonly children: ComponentChildren;
  readonly hint?: string | undefined;
}

/** A checkbox, radio button or switch with its words. */
export function Choice({ kind, children, hint, ...input }: ChoiceProps) {
  return (
    <label class="choice" data-kind={kind}>
      {kind === "switch"
        ? <input {...input} class="switch" type="checkbox" role="switch" />
        : <input {...input} class="check" type={kind} />}
      <span>
        {children}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}
