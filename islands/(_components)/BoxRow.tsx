import type { ComponentChildren } from "preact";

export interface BoxRowProps {
  readonly title: ComponentChildren;
  readonly text?: ComponentChildren | undefined;
  /** Before the words: an avatar, an icon. */
  readonly start?: ComponentChildren | undefined;
  /** After the words: a button, a switch. */
  readonly children?: ComponentChildren | undefined;
}

/** One line of settings in a {@link Box}. */
export function BoxRow({ title, text, start, children }: BoxRowProps) {
  return (
    <div class="box-row">
      {start}
      <div class="grow">
        <b>{title}</b>
        {text && <small>{text}</small>}
      </div>
      {children}
    </div>
  );
}
