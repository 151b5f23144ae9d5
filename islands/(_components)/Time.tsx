import {
  formatClock,
  formatDay,
  formatFull,
  formatShort,
  formatUpcoming,
  type TimeContext,
} from "./format_time.ts";

const FORMATS = {
  short: formatShort,
  clock: formatClock,
  day: formatDay,
  upcoming: formatUpcoming,
} as const;

export interface TimeProps extends TimeContext {
  /** Epoch ms, UTC. */
  readonly at: number;
  /** "short" when absent. */
  readonly as?: keyof typeof FORMATS | undefined;
  readonly class?: string | undefined;
}

/** A moment. Everything it shows comes from its props, so the server and the browser write the same. */
export function Time({ at, as = "short", now, timeZone, class: className }: TimeProps) {
  return (
    <time class={className} datetime={new Date(at).toISOString()} title={formatFull(at, timeZone)}>
      {FORMATS[as](at, { now, timeZone })}
    </time>
  );
}
