import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Closer than this to the end, new messages are followed. */
const NEAR_PX = 80;

export interface Shown {
  /** Id of the oldest message shown. */
  readonly first: string;
  /** How many of the visitor's own are on their way. */
  readonly own: number;
  readonly isOpen: boolean;
}

/**
 * Keeps the reader's place: at the end when they are there or have just written, else on the lines they read, also
 * when older ones are put above, a picture arrives or the keyboard takes half of the screen.
 */
export function useReadingPlace(log: RefObject<HTMLElement>, shown: Shown): void {
  const last = useRef({ shown, height: 0 });
  const isAtEnd = useRef(true);

  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const before = last.current;
    const isPrepended = before.shown.first !== "" && shown.first !== before.shown.first;
    const isToFollow = isAtEnd.current || shown.own > before.shown.own ||
      shown.isOpen !== before.shown.isOpen;
    if (isPrepended && !isAtEnd.current) element.scrollTop += element.scrollHeight - before.height;
    else if (isToFollow) element.scrollTop = element.scrollHeight;
    last.current = { shown, height: element.scrollHeight };
  });

  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const onScroll = () => {
      const { scrollHeight, scrollTop, clientHeight } = element;
      isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    };
    const follow = () => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    };
    const resized = new ResizeObserver(follow);
    resized.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    // Pictures: their load does not bubble.
    element.addEventListener("load", follow, true);
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("load", follow, true);
    };
  }, [log]);
}
