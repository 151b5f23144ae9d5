const MONTHS =
  "January February March April May June July August September October November December"
    .split(" ");

/** "Here since April 2026". @param iso as the API writes times. */
export function sinceWords(iso: string): string {
  const at = new Date(iso);
  return `Here since ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}
