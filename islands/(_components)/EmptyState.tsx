import type { ComponentChildren } from "preact";

export interface EmptyStateProps {
  /** A drawing of about 96 × 72. */
  readonly art?: ComponentChildren | undefined;
  readonly title: string;
  /** What this place is for. */
  readonly children?: ComponentChildren | undefined;
  /** One next step. */
  readonly actions?: ComponentChildren | undefined;
  /** A code to pass on, below everything. */
  readonly note?: ComponentChildren | undefined;
  readonly headingLevel?: 1 | 2 | undefined;
}

/** Nothing here: what the place is for, and one next step. */
export function EmptyState(
  { art, title, children, actions, note, headingLevel = 2 }: EmptyStateProps,
) {
  return (
    <div class="empty">
      {art}
      {headingLevel === 1 ? <h1 class="empty-title">{title}</h1> : <h2>{title}</h2>}
      {children && <p>{children}</p>}
      {actions && <div class="cluster">{actions}</div>}
      {note && <p class="meta empty-note">{note}</p>}
    </div>
  );
}
