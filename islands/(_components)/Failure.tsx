import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

export interface FailureProps {
  /** What, in words an agent understands: "Not delivered: her mailbox is full". */
  readonly title: string;
  /** The provider's own words and code. */
  readonly detail?: ComponentChildren | undefined;
  /** Retry, and other ways. */
  readonly actions?: ComponentChildren | undefined;
}

/** Why a message was not delivered and what to do, inside the message it belongs to. */
export function Failure({ title, detail, actions }: FailureProps) {
  return (
    <div class="failure" role="status">
      <Icon name="alert" />
      <div>
        <p>
          <b>{title}</b>
        </p>
        {detail && <p>{detail}</p>}
      </div>
      {actions && <div class="cluster">{actions}</div>}
    </div>
  );
}
