import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./Icon.tsx";

export type ComposerKind = "reply" | "comment";

export interface ComposerShellProps {
  readonly kind: ComposerKind;
  /** Attributes and handlers of the form: `action`, `onSubmit`. */
  readonly form?: Omit<JSX.FormHTMLAttributes<HTMLFormElement>, "class"> | undefined;
  /** Where each tab leads without script; with script `onKind` is called instead. */
  readonly hrefs: Readonly<Record<ComposerKind, string>>;
  readonly onKind?: ((kind: ComposerKind) => void) | undefined;
  /** "from Support", at the end of the tabs. A comment says who sees it instead. */
  readonly from?: ComponentChildren | undefined;
  /** Over the edge: what pops up while you write. */
  readonly above?: ComponentChildren | undefined;
  /** Above all: what is new since you began. */
  readonly guard?: ComponentChildren | undefined;
  /** To, Cc, Bcc lines. */
  readonly recipients?: ComponentChildren | undefined;
  /** The text control, with class `composer-text`. */
  readonly children: ComponentChildren;
  readonly files?: ComponentChildren | undefined;
  /** A limit before it bites: "window closes in 2 h". */
  readonly limit?: { readonly text: string; readonly near: boolean } | undefined;
  /** Beside the limit: "1,927 left". */
  readonly room?: string | undefined;
  /** Icon buttons at the left. */
  readonly tools?: ComponentChildren | undefined;
  /** "Saved", the send button. */
  readonly end: ComponentChildren;
}

/** The place to write: tab, address, text, tools, always in this order. Reply is blue, comment yellow. */
export function ComposerShell(props: ComposerShellProps) {
  const { kind, form, hrefs, onKind, from, above, guard, recipients } = props;
  const { children, files, limit, room, tools, end } = props;
  return (
    <form
      method="post"
      {...form}
      class="composer"
      data-kind={kind}
      aria-label={kind === "reply" ? "Write a reply" : "Write a comment"}
    >
      {above}
      {guard}
      <header>
        <nav class="composer-tabs" aria-label="What you write">
          <Tab kind="reply" current={kind} hrefs={hrefs} onKind={onKind} />
          <Tab kind="comment" current={kind} hrefs={hrefs} onKind={onKind} />
        </nav>
        {kind === "comment"
          ? (
            <span class="composer-from composer-only">
              <Icon name="lock" size={12} />
              <span class="truncate">Only your team sees this</span>
            </span>
          )
          : from && <span class="composer-from truncate">{from}</span>}
      </header>
      {recipients}
      {children}
      {files && <div class="composer-files files">{files}</div>}
      {limit && (
        <p class="composer-limit" data-level={limit.near ? "near" : undefined}>
          <Icon name="clock" size={14} />
          <span>{limit.text}</span>
          {room && <span class="end" data-level="near">{room}</span>}
        </p>
      )}
      <div class="composer-tools">
        {tools}
        <div class="end">{end}</div>
      </div>
    </form>
  );
}

function Tab({ kind, current, hrefs, onKind }: {
  readonly kind: ComposerKind;
  readonly current: ComposerKind;
  readonly hrefs: Readonly<Record<ComposerKind, string>>;
  readonly onKind: ((kind: ComposerKind) => void) | undefined;
}) {
  const choose = (event: MouseEvent) => {
    if (onKind === undefined) return;
    event.preventDefault();
    onKind(kind);
  };
  return (
    <a
      class="composer-tab"
      href={hrefs[kind]}
      aria-current={kind === current ? "true" : undefined}
      onClick={choose}
    >
      <Icon name={kind === "reply" ? "reply" : "lock"} size={14} />
      {kind === "reply" ? "Reply" : "Comment"}
    </a>
  );
}
