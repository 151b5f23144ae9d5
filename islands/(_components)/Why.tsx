import type { IconName } from "./icon_names.ts";
import { Icon } from "./Icon.tsx";
import { Popover } from "./Popover.tsx";

export interface Reason {
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string | undefined;
}

export interface WhyProps {
  readonly reasons: readonly Reason[];
  /** The page of the original, or the raw delivery, for those who may read it. Opens apart. */
  readonly originalHref?: string | undefined;
}

/** "Why is this here?": how a message was matched and what touched it, in order. */
export function Why({ reasons, originalHref }: WhyProps) {
  return (
    <Popover kind="why" label="Why is this here?">
      <h3>Why is this here?</h3>
      <ol>
        {reasons.map(({ icon, title, detail }, index) => (
          <li key={index}>
            <Icon name={icon} size={14} />
            <div>
              <b>{title}</b>
              {detail && <small>{detail}</small>}
            </div>
          </li>
        ))}
      </ol>
      {originalHref && (
        <footer>
          <a class="link" href={originalHref} target="_blank">Show original</a>
        </footer>
      )}
    </Popover>
  );
}
