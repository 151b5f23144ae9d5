import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";
import { Time, type TimeProps } from "./Time.tsx";

export interface ThreadEventProps extends Pick<TimeProps, "at" | "now" | "timeZone"> {
  readonly icon: IconName;
  /** "<b>Jonas</b> assigned this to <b>you</b>". */
  readonly children: ComponentChildren;
}

/** What happened: one quiet line. */
export function ThreadEvent({ icon, children, ...time }: ThreadEventProps) {
  return (
    <p class="event">
      <Icon name={icon} size={14} />
      <span>{children}</span>
      <Time {...time} as="clock" />
    </p>
  );
}
