/** Draws only the rows in sight of a long list; all of the first page on the server and before hydration. */
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";

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

/** Rows above and below those in sight: a quick flick of the wheel shows no hole. */
const OVERSCAN = 12;
const ROW_PX = 64;

/** @param count of all rows. Rows are all of one height, which the style sheet decides. */
export function useVirtualRows(scroller: RefObject<HTMLElement>, count: number): VirtualRows {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [rowPx, setRowPx] = useState(ROW_PX);
  const held = useRef<Virtualizer<HTMLElement, Element> | null>(null);

  useLayoutEffect(() => {
    const virtualizer = new Virtualizer<HTMLElement, Element>({
      count,
      getScrollElement: () => scroller.current,
      estimateSize: () => ROW_PX,
      overscan: OVERSCAN,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => redraw(undefined),
    });
    held.current = virtualizer;
    const end = virtualizer._didMount();
    virtualizer._willUpdate();
    redraw(undefined);
    return () => {
      end();
      held.current = null;
    };
  }, []);

  // Rows are higher where they are touched: the sheet decides by the app's own width.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const row = element.querySelector<HTMLElement>(".row");
      if (row !== null && row.offsetHeight > 0) setRowPx(row.offsetHeight);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const virtualizer = held.current;
  if (virtualizer !== null) {
    const before = virtualizer.options;
    virtualizer.setOptions({ ...before, count, estimateSize: () => rowPx });
  }
  useLayoutEffect(() => {
    held.current?.measure();
    held.current?._willUpdate();
  }, [rowPx, count]);

  const items = virtualizer?.getVirtualItems() ?? [];
  const first = items[0];
  const last = items.at(-1);
  const isReady = first !== undefined && last !== undefined;
  const scrollTo = (index: number) => held.current?.scrollToIndex(index, { align: "auto" });
  if (!isReady) return { start: 0, end: Math.min(count, 50), above: 0, below: 0, scrollTo };
  return {
    start: first.index,
    end: last.index + 1,
    above: first.start,
    below: Math.max(0, count * rowPx - last.end),
    scrollTo,
  };
}
