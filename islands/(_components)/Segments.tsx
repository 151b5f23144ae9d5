export interface Segment {
  readonly id: string;
  readonly label: string;
  readonly count?: number | undefined;
  /** Where it leads without script. */
  readonly href: string;
}

export interface SegmentsProps {
  readonly label: string;
  readonly segments: readonly Segment[];
  readonly current: string;
}

/** Which part of one list is shown. Links, so that it works without script and can be opened aside. */
export function Segments({ label, segments, current }: SegmentsProps) {
  return (
    <nav class="segments" aria-label={label}>
      {segments.map(({ id, label, count, href }) => (
        <a key={id} href={href} aria-current={id === current ? "true" : undefined}>
          {label}
          {count !== undefined && <span class="num">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
