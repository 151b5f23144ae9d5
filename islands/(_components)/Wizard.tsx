import { Icon } from "./Icon.tsx";

export interface WizardProps {
  /** What each step is called, in order. */
  readonly steps: readonly string[];
  /** Index of the one this page is. */
  readonly current: number;
}

/** How far one has come in something that takes a few pages. */
export function Wizard({ steps, current }: WizardProps) {
  return (
    <ol class="wizard" aria-label="Steps">
      {steps.map((step, i) => (
        <li
          key={step}
          data-state={i < current ? "done" : undefined}
          aria-current={i === current ? "step" : undefined}
        >
          {i < current
            ? <Icon name="check" size={12} />
            : <span class="num" aria-hidden="true">{i + 1}</span>}
          {i < current && <span class="sr">Done:</span>}
          {step}
        </li>
      ))}
    </ol>
  );
}
