const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/;

/** A wall clock's time as if it were UTC, in epoch ms; null for what is no date. */
export function wallTime(value: string): number | null {
  const match = TIME.exec(value.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7)
    .map((text) => Number(text ?? 0));
  const at = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  const date = new Date(at);
  // Without what rolled over: the 31st of February is no date. Years below 100 mean others.
  const isReal = year > 99 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day &&
    date.getUTCHours() === hour && date.getUTCMinutes() === minute;
  return isReal ? at : null;
}

/** "2026-03-02". */
export function isoDay(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
