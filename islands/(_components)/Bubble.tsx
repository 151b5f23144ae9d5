import type { ComponentChildren } from "preact";
import { Dots } from "./Dots.tsx";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";

export interface BubbleProps {
  readonly id?: string | undefined;
  /** What somebody is writing right now. */
  readonly typing?: boolean | undefined;
  /** Its author took it back: it says so instead of what it said. */
  readonly deleted?: boolean | undefined;
  readonly children?: ComponentChildren | undefined;
}

/** One chat message. Line breaks in text are kept. */
export function Bubble({ id, typing, deleted, children }: BubbleProps) {
  return (
    <div class="bubble" id={id} data-typing={flag(typing)} data-deleted={flag(deleted)}>
      {deleted
        ? (
          <>
            <Icon name="trash" size={14} />
            This message was deleted
          </>
        )
        : children}
      {typing && <Dots />}
    </div>
  );
}
