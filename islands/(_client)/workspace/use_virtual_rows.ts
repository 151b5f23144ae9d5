/** Draws only the rows in sight of a long list; all of the first page on the server and before hydration. */
import type { RefObject } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { rowsInSight, scrollTopFor } from "./rows_in_sight.ts";

export interface VirtualRows {
  /** First row drawn. */
  readonly start: number;
  /** After the last row drawn. */
  readonly end: number;
  /** Empty pixels above and below. */
  readonly above: number;
  readonly below: number;
  /** Makes a row visible, moving as little as possible. */
  scrollTo(index: number): void;
}

/** Rows of the first page, which the server draws. */
const FIRST = 50;
const ROW_PX = 64;

/** @param count of all rows. Rows are all of one height, which the style sheet decides. */
export function useVirtualRows(scroller: RefObject<HTMLElement>, count: number): VirtualRows {
  const [rowPx, setRowPx] = useState(ROW_PX);
  const [heightPx, setHeightPx] = useState<number | null>(null);
  const [range, setRange] = useState({ start: 0, end: Math.min(count, FIRST) });
  const held = useRef({ rowPx, heightPx, count });
  held.current = { rowPx, heightPx, count };

  const look = useCallback(() => {
    const element = scroller.current;
    const { rowPx, heightPx, count } = held.current;
    if (element === null || heightPx === null) return;
    const next = rowsInSight({ top: element.scrollTop, heightPx, rowPx, count });
    setRange((range) => range.start === next.start && range.end === next.end ? range : next);
  }, []);

  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    // Rows are higher where they are touched: the sheet decides by the app's own width.
    const row = element.querySelector<HTMLElement>(".row");
    if (row !== null && row.offsetHeight > 0) setRowPx(row.offsetHeight);
    setHeightPx(element.clientHeight);
  }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  useLayoutEffect(measure, [count === 0]);
  useLayoutEffect(look, [rowPx, heightPx, count]);

  const scrollTo = useCallback((index: number) => {
    const element = scroller.current;
    const { rowPx, heightPx } = held.current;
    if (element === null || heightPx === null) return;
    element.scrollTop = scrollTopFor(index, { top: element.scrollTop, heightPx, rowPx });
    // Its event comes too late for the next key.
    look();
  }, []);

  // A shorter list is drawn before its range is known.
  const end = Math.min(range.end, count);
  const start = Math.min(range.start, end);
  return { start, end, above: start * rowPx, below: (count - end) * rowPx, scrollTo };
}
