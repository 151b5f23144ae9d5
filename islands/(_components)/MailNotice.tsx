import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface MailNoticeProps {
  readonly icon: IconName;
  readonly children: ComponentChildren;
  /** Small ghost buttons or links. */
  readonly actions?: ComponentChildren | undefined;
}

/** A line inside a mail: remote images blocked, shortened, not verified. */
export function MailNotice({ icon, children, actions }: MailNoticeProps) {
  return (
    <div class="mail-images">
      <Icon name={icon} size={14} />
      <span class="truncate">{children}</span>
      {actions && <span class="mail-images-actions">{actions}</span>}
    </div>
  );
}
