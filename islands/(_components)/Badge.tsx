export interface BadgeProps {
  readonly count: number;
  /** "accent" is new, "danger" is broken, "danger-soft" is broken and seen from afar. */
  readonly kind?: "accent" | "danger" | "danger-soft" | undefined;
  /** What is counted, for screen readers: "3 new". */
  readonly label?: string | undefined;
}

/** A small count. */
export function Badge({ count, kind, label }: BadgeProps) {
  return (
    <span class="badge" data-kind={kind}>
      {label === undefined ? count : (
        <>
          <span aria-hidden="true">{count}</span>
          <span class="sr">{label}</span>
        </>
      )}
    </span>
  );
}
