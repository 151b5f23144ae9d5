import { Icon } from "../../(_components)/Icon.tsx";
import type { IconName } from "../../(_components)/icon_names.ts";

export interface IconLinkProps {
  readonly icon: IconName;
  /** Its name for screen readers, and its tooltip. */
  readonly label: string;
  readonly href: string;
  /** Where it shows: "phone-only", "views-opener". */
  readonly class?: string | undefined;
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
}

/** An icon that leads somewhere: a ghost button which also works without script. */
export function IconLink({ icon, label, href, class: className, onClick }: IconLinkProps) {
  return (
    <a
      class={className === undefined ? "button" : `button ${className}`}
      data-kind="ghost"
      data-icon=""
      href={href}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </a>
  );
}
