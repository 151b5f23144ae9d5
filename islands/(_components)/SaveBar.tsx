import type { ComponentChildren } from "preact";

export interface SaveBarProps {
  /** What saving means, or what is to correct. */
  readonly note: ComponentChildren;
  /** Buttons with a `form` attribute; the primary last. */
  readonly children: ComponentChildren;
}

/** The line at the foot of a settings page that always shows. */
export function SaveBar({ note, children }: SaveBarProps) {
  return (
    <div class="save-bar">
      <span>{note}</span>
      {children}
    </div>
  );
}
