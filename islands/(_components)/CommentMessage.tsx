import type { ComponentChildren } from "preact";
import { Avatar, type AvatarProps } from "./Avatar.tsx";
import { Icon } from "./Icon.tsx";
import { Time, type TimeProps } from "./Time.tsx";

export interface CommentMessageProps extends Pick<TimeProps, "at" | "now" | "timeZone"> {
  readonly id?: string | undefined;
  readonly author: Pick<AvatarProps, "id" | "name" | "of" | "pictureUrl">;
  /** Instead of the author's name: "You". */
  readonly authorLabel?: string | undefined;
  /** Who sees it, where that is not only the team. */
  readonly only?: string | undefined;
  readonly children: ComponentChildren;
  readonly files?: ComponentChildren | undefined;
  /** Small icon buttons before the time: why. */
  readonly actions?: ComponentChildren | undefined;
}

/** What colleagues tell each other: yellow, with a lock, never sent. */
export function CommentMessage(
  { id, author, authorLabel, only, children, files, actions, ...time }: CommentMessageProps,
) {
  return (
    <article class="comment" id={id}>
      <Avatar {...author} />
      <header>
        <b>{authorLabel ?? author.name}</b>
        <span class="only" title={only}>
          <Icon name="lock" size={12} />
          <span class="truncate">{only ?? "Only your team sees this"}</span>
        </span>
        <span class="comment-end">
          {actions}
          <Time {...time} as="clock" />
        </span>
      </header>
      <div class="comment-body">
        {children}
        {files && <div class="files">{files}</div>}
      </div>
    </article>
  );
}
