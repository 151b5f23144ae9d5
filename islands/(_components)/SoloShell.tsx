import type { ComponentChildren } from "preact";
import { flag } from "./flag.ts";

export interface SoloShellProps {
  /** Starts near the top instead of the middle: for long forms. */
  readonly top?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A page of its own, without rail: sign in, set up, errors. */
export function SoloShell({ top, children }: SoloShellProps) {
  return (
    <div class="app" data-scroll="">
      <main class="solo" data-top={flag(top)}>{children}</main>
    </div>
  );
}
