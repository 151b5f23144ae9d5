import type { Clock, Log, LogLevel } from "../ports.ts";

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** From which level on, by which clock and to where lines are written. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly clock: Clock;
  /** For people at a terminal; otherwise one JSON object a line. */
  readonly isTerminal: boolean;
  write(line: string): void;
}

/** A log that leaves out what is below its level. */
export function createLog({ level, clock, isTerminal, write }: LogOptions): Log {
  return (lineLevel, event, fields = {}) => {
    if (RANK[lineLevel] < RANK[level]) return;
    const at = new Date(clock.now()).toISOString();
    write(
      isTerminal
        ? `${at.slice(11, 19)} ${lineLevel} ${event}${
          Object.entries(fields).map(([name, value]) => ` ${name}=${word(value)}`).join("")
        }`
        : JSON.stringify({ at, level: lineLevel, event, ...fields }),
    );
  };
}

function word(value: unknown): string {
  return typeof value === "string" && /^[\w:./@-]+$/.test(value)
    ? value
    : JSON.stringify(value) ?? "undefined";
}
