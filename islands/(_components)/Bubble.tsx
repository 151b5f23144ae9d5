import type { ComponentChildren } from "preact";
import { Dots } from "./Dots.tsx";
import { flag } from "./flag.ts";

export interface BubbleProps {
  readonly id?: string | undefined;
  /** What somebody is writing right now. */
  readonly typing?: boolean | undefined;
  readonly children?: ComponentChildren | undefined;
}

/** One chat message. Line breaks in text are kept. */
export function Bubble({ id, typing, children }: BubbleProps) {
  return (
    <div class="bubble" id={id} data-typing={flag(typing)}>
      {children}
      {typing && <Dots />}
    </div>
  );
}
