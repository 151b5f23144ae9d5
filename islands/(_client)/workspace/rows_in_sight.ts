/** Which rows of a long list are drawn. Rows are all of one height. */

export interface Sight {
  /** Pixels scrolled, and how many of the list are seen. */
  readonly top: number;
  readonly heightPx: number;
  readonly rowPx: number;
  /** Of all rows. */
  readonly count: number;
}

export interface RowRange {
  /** First row drawn. */
  readonly start: number;
  /** After the last row drawn. */
  readonly end: number;
}

/** Rows drawn beyond those in sight, at least: a quick flick of the wheel shows no hole. */
const OVERSCAN = 8;
/** The range moves by so many rows at once: scrolling within them draws nothing anew. */
const STEP = 8;

/** The rows in sight and some around them; the same range while little is scrolled. */
export function rowsInSight({ top, heightPx, rowPx, count }: Sight): RowRange {
  const first = Math.floor(Math.max(0, top) / rowPx) - OVERSCAN;
  const last = Math.ceil((Math.max(0, top) + heightPx) / rowPx) + OVERSCAN;
  const end = Math.min(count, Math.ceil(last / STEP) * STEP);
  // A list that became shorter than what is scrolled still shows its end.
  const start = Math.min(Math.floor(first / STEP) * STEP, end - 1);
  return { start: Math.max(0, start), end };
}

/** Where to scroll so that a row is seen whole, moving as little as possible. */
export function scrollTopFor(
  index: number,
  { top, heightPx, rowPx }: Omit<Sight, "count">,
): number {
  const rowTop = index * rowPx;
  if (rowTop < top) return rowTop;
  const least = rowTop + rowPx - heightPx;
  return least > top ? least : top;
}
