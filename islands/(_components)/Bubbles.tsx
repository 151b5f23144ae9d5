import type { ComponentChildren } from "preact";
import { Avatar, type AvatarProps } from "./Avatar.tsx";
import { flag } from "./flag.ts";
import { Time, type TimeProps } from "./Time.tsx";

export interface BubblesProps extends Pick<TimeProps, "at" | "now" | "timeZone"> {
  /** Ours: at the right, without a picture. */
  readonly out?: boolean | undefined;
  readonly author: Pick<AvatarProps, "id" | "name" | "of" | "pictureUrl">;
  /** Instead of the author's name: "You". */
  readonly authorLabel?: string | undefined;
  /** `Bubble`s, and files or a failure among them. */
  readonly children: ComponentChildren;
  /** Delivery state and the like, after the time. */
  readonly meta?: ComponentChildren | undefined;
}

/** Chat messages of one person written close together. */
export function Bubbles({ out, author, authorLabel, children, meta, ...time }: BubblesProps) {
  return (
    <div class="bubbles" data-out={flag(out)}>
      {!out && <Avatar {...author} />}
      {children}
      <span class="bubbles-meta">
        {authorLabel ?? author.name} <Time {...time} as="clock" />
        {meta}
      </span>
    </div>
  );
}
