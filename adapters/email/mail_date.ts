/** Before mail had headers like these; earlier dates are a sender's broken clock. */
const EARLIEST = Date.UTC(1990, 0, 1);
/** Clocks differ a little. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * When a mail was written, in epoch ms, as far as its Date header can be believed.
 * @returns the time it came when the header is missing, makes no sense or lies in the future, and says so
 */
export function mailDate(
  header: string | null,
  receivedAt: number,
): { readonly at: number; readonly problem: "missing" | "unreadable" | "unlikely" | null } {
  if (header === null || header.trim() === "") return { at: receivedAt, problem: "missing" };
  const at = Date.parse(header.slice(0, 200).replace(/\([^()]*\)/g, " ").trim());
  if (Number.isNaN(at)) return { at: receivedAt, problem: "unreadable" };
  if (at < EARLIEST || at > receivedAt + TOLERANCE_MS) {
    return { at: receivedAt, problem: "unlikely" };
  }
  return { at: Math.min(at, receivedAt), problem: null };
}
