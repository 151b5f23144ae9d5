import type { ComponentChildren, JSX } from "preact";
import type { Lane } from "../../core/model/conversation.ts";
import { Avatar } from "./Avatar.tsx";
import { channelLook } from "./channel_look.ts";
import { Dots } from "./Dots.tsx";
import { flag } from "./flag.ts";
import type { TimeContext } from "./format_time.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";
import { Sla, type SlaProps } from "./Sla.tsx";
import { Tag } from "./Tag.tsx";
import { Time } from "./Time.tsx";

/** A person of the team as rows and threads show them. */
export interface Teammate {
  readonly id: string;
  readonly name: string;
  readonly pictureUrl?: string | null | undefined;
}

/** Why a row carries an icon before its preview; one at most. */
export type RowState = "failed" | "draft" | "answered" | "bot" | Lane;

export interface ConversationRowProps extends TimeContext {
  readonly href: string;
  readonly contact: { readonly id: string; readonly name: string };
  readonly channelType: string;
  /** Empty for chat: then the preview takes its line, and the channel the preview's. */
  readonly subject: string;
  readonly preview: string;
  /** Epoch ms of the latest message. */
  readonly at: number;
  /** Messages in it; shown from 2 on. */
  readonly count?: number | undefined;
  readonly unread: boolean;
  /** Open in the thread. */
  readonly current?: boolean | undefined;
  /** Picked for an action on several: a checkbox takes the picture's place. Undefined while none is picked. */
  readonly picked?: boolean | undefined;
  readonly onPick?: ((event: MouseEvent) => void) | undefined;
  /** When near or late only. */
  readonly sla?: SlaProps | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Degrees; undefined: made from the name. */
  readonly hueOfTag?: ((name: string) => number | undefined) | undefined;
  readonly assignee?: Teammate | null | undefined;
  readonly state?: RowState | null | undefined;
  /** A colleague who writes here now. */
  readonly typing?: Teammate | null | undefined;
  /** Colleagues who have it open now, and what they do, in words. */
  readonly here?: readonly (Teammate & { readonly does: string })[] | undefined;
  /** Epoch ms; shown in place of the time. */
  readonly snoozedUntil?: number | null | undefined;
  /** Small icon buttons, shown under the pointer. */
  readonly actions?: ComponentChildren | undefined;
  /** Handlers and attributes of the link: prefetch on hover, open on click. */
  readonly link?: Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, "class" | "href"> | undefined;
}

/** A conversation in a list: three lines, 64 px (72 on a phone), the name is the link over all of it. */
export function ConversationRow(props: ConversationRowProps) {
  const { contact, channelType, unread, current, picked, onPick, actions } = props;
  return (
    <div
      class="row"
      aria-current={current ? "true" : undefined}
      data-unread={flag(unread)}
      data-picked={flag(picked)}
    >
      {unread && <span class="row-dot" role="img" aria-label="Unread" />}
      {(picked !== undefined || onPick !== undefined) && (
        <input
          class="check row-check"
          type="checkbox"
          aria-label={`Select ${contact.name}`}
          checked={picked ?? false}
          onClick={onPick}
          // Under the pointer only; the keyboard has a key for it.
          data-quiet={flag(picked === undefined)}
        />
      )}
      {picked === undefined && (
        <Avatar id={contact.id} name={contact.name} size={32} channelType={channelType} />
      )}
      <NameLine {...props} />
      <SubjectLine {...props} />
      <PreviewLine {...props} />
      {actions && <div class="row-actions">{actions}</div>}
    </div>
  );
}

function NameLine(
  { contact, href, link, count, sla, at, now, timeZone, snoozedUntil }: ConversationRowProps,
) {
  return (
    <div class="row-line">
      <a {...link} class="row-name truncate" href={href} title={contact.name}>{contact.name}</a>
      {count !== undefined && count > 1 && <span class="row-count">{count}</span>}
      {sla && <Sla {...sla} size="small" />}
      {snoozedUntil
        ? (
          <span class="row-time status">
            <Icon name="snooze" size={14} />
            <Time at={snoozedUntil} now={now} timeZone={timeZone} as="upcoming" />
          </span>
        )
        : <Time class="row-time" at={at} now={now} timeZone={timeZone} />}
    </div>
  );
}

function SubjectLine({ subject, preview, tags, hueOfTag, state }: ConversationRowProps) {
  const tag = tags?.[0];
  return (
    <div class="row-line">
      {subject === "" && <StateIcon state={state} />}
      <span class="row-subject truncate" title={subject || preview}>
        {subject === "" ? <Preview preview={preview} state={state} /> : subject}
      </span>
      {tag !== undefined && <Tag name={tag} hue={hueOfTag?.(tag)} size="small" />}
    </div>
  );
}

const STATE_ICONS: Readonly<Record<RowState, IconName>> = {
  failed: "alert",
  draft: "pencil",
  answered: "reply",
  bot: "bot",
  automatic: "bot",
  newsletter: "list",
  marketing: "volume",
  role: "at",
};

/** What the icon means, where no words beside it say so. */
const STATE_WORDS: Partial<Readonly<Record<RowState, string>>> = {
  automatic: "By a machine",
  newsletter: "Newsletter or list",
  marketing: "Marketing",
  role: "Role address",
};

/** Faces of colleagues in a row. */
const MAX_HERE = 2;

function PreviewLine(props: ConversationRowProps) {
  const { subject, preview, state, typing, assignee, channelType, here = [] } = props;
  if (typing) {
    return (
      <div class="row-line">
        <Avatar {...typing} of="team" size={16} />
        <span class="row-text truncate">
          {typing.name} is replying
          <Dots />
        </span>
      </div>
    );
  }
  return (
    <div class="row-line">
      {subject !== "" && <StateIcon state={state} />}
      <span class="row-text truncate" title={preview}>
        {subject === ""
          ? channelLook(channelType).label
          : <Preview preview={preview} state={state} />}
      </span>
      {here.slice(0, MAX_HERE).map(({ does, ...person }) => (
        <span class="row-here" key={person.id}>
          <Avatar {...person} of="team" size={16} label={`${person.name} ${does}`} />
        </span>
      ))}
      {assignee && (
        <Avatar {...assignee} of="team" size={16} label={`Assigned to ${assignee.name}`} />
      )}
    </div>
  );
}

/** Before the preview, in whichever line that stands. */
function StateIcon({ state }: Pick<ConversationRowProps, "state">) {
  if (!state) return null;
  return (
    <>
      <Icon
        name={STATE_ICONS[state]}
        size={14}
        class={state === "failed" ? "danger" : undefined}
      />
      {STATE_WORDS[state] && <span class="sr">{STATE_WORDS[state]}:</span>}
    </>
  );
}

function Preview({ preview, state }: Pick<ConversationRowProps, "preview" | "state">) {
  if (state === "failed") return <span class="danger">{preview}</span>;
  if (state !== "draft") return <>{preview}</>;
  return (
    <>
      <b>Draft</b> {preview}
    </>
  );
}
