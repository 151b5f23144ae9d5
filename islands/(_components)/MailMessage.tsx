import type { ComponentChildren } from "preact";
import { Avatar, type AvatarProps } from "./Avatar.tsx";
import { flag } from "./flag.ts";
import { Time, type TimeProps } from "./Time.tsx";

export interface MailMessageProps extends Pick<TimeProps, "at" | "now" | "timeZone"> {
  readonly id?: string | undefined;
  /** Ours: faintly tinted. */
  readonly out?: boolean | undefined;
  readonly failed?: boolean | undefined;
  /** Only the first line shows. */
  readonly folded?: boolean | undefined;
  readonly author: Pick<AvatarProps, "id" | "name" | "of" | "pictureUrl">;
  /** Instead of the author's name: "You". */
  readonly authorLabel?: string | undefined;
  /** Beside the name: the address, or "Nora from Veloce". */
  readonly from?: string | undefined;
  /** "To support@veloce.example, Cc …". */
  readonly to?: string | undefined;
  /** A quiet word of warning after the address: "sender not verified". */
  readonly warning?: ComponentChildren | undefined;
  /** Small icon buttons, shown on hover and focus: why, more. */
  readonly actions?: ComponentChildren | undefined;
  /** "1 remote image blocked" with its buttons. */
  readonly notice?: ComponentChildren | undefined;
  /** The meeting it is about. */
  readonly invite?: ComponentChildren | undefined;
  /** The text, or the frame that holds the mail. */
  readonly children: ComponentChildren;
  readonly files?: ComponentChildren | undefined;
  /** A `DeliveryState` or a `Failure`. */
  readonly foot?: ComponentChildren | undefined;
}

/** A mail: incoming is paper with a border, ours is tinted. */
export function MailMessage(props: MailMessageProps) {
  const { id, out, failed, folded, author, from, to, warning, actions, notice, files, foot } =
    props;
  const { at, now, timeZone, children, authorLabel, invite } = props;
  return (
    <article
      class="mail"
      id={id}
      data-out={flag(out)}
      data-folded={flag(folded)}
      data-state={failed ? "failed" : undefined}
    >
      <header>
        <Avatar {...author} />
        <div class="truncate">
          <p class="mail-from">
            <b>{authorLabel ?? author.name}</b>
            {from && <span class="truncate" title={from}>{from}</span>}
            {warning}
          </p>
          {to && <p class="mail-to truncate" title={to}>{to}</p>}
        </div>
        <div class="mail-end">
          {actions}
          <Time at={at} now={now} timeZone={timeZone} as="clock" />
        </div>
      </header>
      {notice}
      {invite}
      <div class="mail-body">{children}</div>
      {files && <div class="files">{files}</div>}
      {foot}
    </article>
  );
}
