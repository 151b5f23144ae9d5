import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import { LinkButton } from "./LinkButton.tsx";
import { Segments } from "./Segments.tsx";
import { Status } from "./Status.tsx";

export interface FormBuilderTopProps {
  readonly title: string;
  readonly isPaused: boolean;
  /** What there is to know about what is stored. */
  readonly note: string;
  readonly part: "build" | "embed";
  /** The channel's own page; the builder's pages are below it. */
  readonly settingsUrl: string;
  /** Where visitors find the form. */
  readonly openUrl: string;
  /** Buttons behind the others: the primary last. */
  readonly children?: ComponentChildren | undefined;
}

/** The line above the builder's pages: whose form it is, its parts, what can be done. */
export function FormBuilderTop(props: FormBuilderTopProps) {
  const { title, isPaused, note, part, settingsUrl, openUrl, children } = props;
  const parts = [
    { id: "build", label: "Build", href: `${settingsUrl}/form` },
    { id: "embed", label: "Embed", href: `${settingsUrl}/form/embed` },
    { id: "settings", label: "Settings", href: settingsUrl },
  ];
  return (
    <header class="bx-top">
      <div class="bx-name">
        <a
          class="button"
          data-kind="ghost"
          data-icon
          href="/settings/channels"
          title="All channels"
        >
          <Icon name="left" />
          <span class="sr">All channels</span>
        </a>
        <h1 class="bx-title" title={title}>{title}</h1>
        <Status icon={isPaused ? "clock" : "check"} state={isPaused ? "warn" : "ok"}>
          {isPaused ? "Paused" : "Live"}
        </Status>
        <span class="meta bx-saved">{note}</span>
      </div>
      <Segments label="Parts of the form" segments={parts} current={part} />
      <div class="bx-acts">
        <LinkButton kind="ghost" icon="external" href={openUrl} target="_blank">
          <span class="wide">Open page</span>
        </LinkButton>
        {children}
      </div>
    </header>
  );
}
