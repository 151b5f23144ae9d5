import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

export interface CardProps {
  readonly title: string;
  readonly count?: number | undefined;
  /** Folded to its head. */
  readonly closed?: boolean | undefined;
  /** A small icon button at the end of the head. */
  readonly action?: ComponentChildren | undefined;
  readonly children: ComponentChildren;
}

/** A part of the sidebar that folds, without script. */
export function Card({ title, count, closed, action, children }: CardProps) {
  return (
    <details class="card" open={!closed}>
      <summary>
        <Icon name="down" size={14} />
        {title} {count !== undefined && <span class="num">{count}</span>}
      </summary>
      {action && <div class="card-action">{action}</div>}
      {children}
    </details>
  );
}
