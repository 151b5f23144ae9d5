export interface ProgressProps {
  /** 0 to 100. */
  readonly percent: number;
  /** What is under way. */
  readonly label: string;
  readonly state?: "ok" | "quiet" | "warn" | undefined;
}

/** A bar; put the counts in words beside it. Drawn as a rectangle, since style attributes are refused. */
export function Progress({ percent, label, state }: ProgressProps) {
  const value = Math.min(100, Math.max(0, Math.round(percent)));
  return (
    <span
      class="progress"
      data-state={state}
      role="progressbar"
      aria-valuenow={value}
      aria-label={label}
    >
      <svg aria-hidden="true">
        <rect width={`${value}%`} height="100%" rx="2" />
      </svg>
    </span>
  );
}
