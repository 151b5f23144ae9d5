import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import { Spinner } from "./Spinner.tsx";

const ICONS = { done: "done", failed: "alert", warn: "warning", wait: "ring" } as const;

export interface StepProps {
  readonly state: "done" | "failed" | "warn" | "wait" | "active";
  readonly title: string;
  readonly text?: ComponentChildren | undefined;
  readonly end?: ComponentChildren | undefined;
  /** Advice below, usually where it failed. */
  readonly children?: ComponentChildren | undefined;
}

/** One step of a test, an import or a first run. */
export function Step({ state, title, text, end, children }: StepProps) {
  return (
    <div class="step" data-state={state}>
      {state === "active" ? <Spinner /> : <Icon name={ICONS[state]} />}
      <div>
        <h3>
          <span class="sr">{WORDS[state]}</span>
          {title}
        </h3>
        {text && <p>{text}</p>}
      </div>
      {end === undefined ? null : <span class="end">{end}</span>}
      {children && <div class="step-more">{children}</div>}
    </div>
  );
}

const WORDS = {
  done: "Done: ",
  failed: "Failed: ",
  warn: "Note: ",
  wait: "Waiting: ",
  active: "Under way: ",
} as const;
