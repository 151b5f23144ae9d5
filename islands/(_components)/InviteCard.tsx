import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";
import { Status, type StatusProps } from "./Status.tsx";

export interface InviteCardProps {
  readonly title: string;
  /** "Invitation", "Canceled", "Accepted". */
  readonly state: string;
  readonly stateIcon: IconName;
  readonly stateKind?: StatusProps["state"];
  /** It does not take place. */
  readonly isOff?: boolean | undefined;
  /** The calendar leaf; null when nobody knows when. */
  readonly leaf: { readonly day: string; readonly month: string } | null;
  /** What is known, one line each, most important first. */
  readonly lines: readonly {
    readonly icon: IconName;
    /** For screen readers: "When". */
    readonly label: string;
    readonly content: ComponentChildren;
  }[];
}

/** A meeting a mail is about. */
export function InviteCard(
  { title, state, stateIcon, stateKind, isOff, leaf, lines }: InviteCardProps,
) {
  return (
    <section class="invite" aria-label={`${state}: ${title}`} data-off={isOff ? "" : undefined}>
      <span class="invite-leaf" aria-hidden="true">
        {leaf === null ? <Icon name="calendar" /> : (
          <>
            <small>{leaf.month}</small>
            <b>{leaf.day}</b>
          </>
        )}
      </span>
      <div class="invite-about">
        <p class="invite-title">
          <b>{title}</b>
          <Status icon={stateIcon} state={stateKind}>{state}</Status>
        </p>
        <dl>
          {lines.map(({ icon, label, content }) => (
            <div key={label}>
              <dt>
                <Icon name={icon} size={14} />
                <span class="sr">{label}</span>
              </dt>
              <dd>{content}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
