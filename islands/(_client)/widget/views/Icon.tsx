const PATHS = {
  alert:
    "M7.1 3.05 1.95 11.9a1.05 1.05 0 0 0 .9 1.6h10.3a1.05 1.05 0 0 0 .9-1.6L8.9 3.05a1.04 1.04 0 0 0-1.8 0ZM8 6.5v2.75M8 11.3v.01",
  arrowUp: "M8 12.75v-9.5M4 7.25l4-4 4 4",
  check: "m3.25 8.5 3.1 3.1 6.4-7",
  checks: "m1.25 8.6 2.9 2.9 5.9-6.6M7.1 10.75l.75.75 6.2-6.6",
  clip:
    "m13.2 7.6-5.05 5.05a3.35 3.35 0 0 1-4.75-4.75l5.05-5.05a2.25 2.25 0 0 1 3.2 3.2L6.6 11.1a1.1 1.1 0 0 1-1.6-1.6l4.6-4.6",
  clock: "M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 0 0 0-11.5ZM8 4.75V8l2.1 1.4",
  dots: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  file:
    "M9 2.25H4.75c-.7 0-1.25.55-1.25 1.25v9c0 .7.55 1.25 1.25 1.25h6.5c.7 0 1.25-.55 1.25-1.25V5.75ZM9 2.25v3.5h3.5",
  left: "M9.5 4.5 6 8l3.5 3.5",
  offline:
    "m2.5 2.75 11 10.5M4.3 7.3a6 6 0 0 1 2.1-1.2M2.2 5.2A9 9 0 0 1 4 4.2M7 3.4a9 9 0 0 1 6.8 1.8M10.4 7.3c.5.2.9.5 1.3.8M5.9 9.7a3.6 3.6 0 0 1 2.8-.3M8 12.2v.01",
  pencil: "M11.2 2.7a1.4 1.4 0 0 1 2 2L5.6 12.4l-2.8.8.8-2.8Z",
  send: "M3 8 2.8 3.4 13.4 8 2.8 12.6ZM3 8h4.8",
  smile:
    "M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 0 0 0-11.5ZM5.6 9.4c.5.85 1.4 1.35 2.4 1.35s1.9-.5 2.4-1.35M6 6.5v.01M10 6.5v.01",
  trash:
    "M2.75 4.5h10.5M5.75 4.5V3.6c0-.6.5-1.1 1.1-1.1h2.3c.6 0 1.1.5 1.1 1.1v.9M4 4.5l.55 7.75c.05.7.6 1.25 1.3 1.25h4.3c.7 0 1.25-.55 1.3-1.25L12 4.5",
  x: "m4 4 8 8M12 4l-8 8",
} as const;

export type IconName = keyof typeof PATHS;

/** One of the look's drawings. @param flips mirrored where text runs from right to left. */
export function Icon({ name, flips = false, class: extra = "" }: {
  readonly name: IconName;
  readonly flips?: boolean;
  readonly class?: string;
}) {
  return (
    <svg class={`icon ${flips ? "flip" : ""} ${extra}`} viewBox="0 0 16 16" aria-hidden="true">
      <path vector-effect="non-scaling-stroke" d={PATHS[name]} />
    </svg>
  );
}
