import type { ChannelType, ChannelWithSecrets } from "@/core/mod.ts";
import { Button } from "@/islands/(_components)/Button.tsx";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { SaveBar } from "@/islands/(_components)/SaveBar.tsx";
import { Wizard } from "@/islands/(_components)/Wizard.tsx";
import CopyCodes from "@/islands/CopyCodes.tsx";
import StartForm from "@/islands/StartForm.tsx";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import type { SettingsFrame } from "../(_parts)/settings_frame.ts";
import { connecting } from "./connect_steps.ts";

/** How a test ended. */
export interface TestOutcome {
  readonly checked: number;
  readonly failed: number;
}

export interface TestPageProps {
  readonly frame: SettingsFrame;
  readonly channel: ChannelWithSecrets;
  readonly type: ChannelType | null;
  readonly url: URL;
  /** The channel was just made. */
  readonly isNew: boolean;
  readonly problem: string | null;
  readonly outcome: "waiting" | "running" | TestOutcome;
}

/**
 * The test of a channel. The steps come where the template stands, while the page is sent: what stands before it looks
 * the same from the beginning to the end.
 */
export function TestPage({ frame, channel, type, url, isNew, problem, outcome }: TestPageProps) {
  const here = `/settings/channels/${channel.id}`;
  const { role, icon } = channelLook(channel.type);
  const { words, steps } = connecting(type);
  const title = isNew ? words?.title ?? channel.name : `Test ${channel.name}`;
  const isWaiting = outcome === "waiting";
  return (
    <SettingsPage
      frame={frame}
      title={title}
      current="channels"
      url={url}
      wide
      problem={problem}
      foot={<TestFoot {...{ here, isNew, outcome }} />}
      header={
        <>
          <Crumbs
            path={[
              { label: "Channels", href: "/settings/channels" },
              isNew
                ? { label: "Add", href: "/settings/channels/new" }
                : { label: channel.name, href: here },
            ]}
            current={isNew ? type?.title ?? channel.type : "Test"}
          />
          <PageHeader
            title={title}
            tile={{ icon, role }}
            lead={isNew ? words?.lead : "Uses its settings, step by step."}
          />
          {isNew && <Wizard steps={steps} current={2} />}
        </>
      }
    >
      <div class="page-cols" data-aside="first">
        <aside class="stack aside">
          <div>
            <h2>How long it takes</h2>
            <p>
              Seconds, at most half a minute. You can leave: the channel stays under{" "}
              <a class="link" href="/settings/channels">Channels</a>.
            </p>
          </div>
          {channel.forwardAddress !== null && (
            <div>
              <h2>Cannot sign in?</h2>
              <p>
                Forward mail to <code class="break">{channel.forwardAddress}</code> instead.
              </p>
            </div>
          )}
        </aside>
        <div class="box steps test-steps" role="log" aria-label="Test">
          <div class="box-row">
            <div class="grow">
              <b>{channel.name}</b>
              <small>{type?.title ?? channel.type}</small>
            </div>
            <form id="test" method="post" action={`${here}/test${isNew ? "?new" : ""}`}>
              <Button size="small" icon="refresh" type="submit">
                {isWaiting ? "Start the test" : "Test again"}
              </Button>
            </form>
            {isNew && isWaiting && problem === null && <StartForm form="test" />}
          </div>
          <template data-here="pieces" />
        </div>
      </div>
      <CopyCodes />
    </SettingsPage>
  );
}

interface TestFootProps extends Pick<TestPageProps, "isNew" | "outcome"> {
  readonly here: string;
}

function TestFoot({ here, isNew, outcome }: TestFootProps) {
  const isDone = typeof outcome === "object";
  const isGood = isDone && outcome.failed === 0;
  const note = !isDone
    ? "Nothing was tested yet."
    : isGood
    ? `${outcome.checked} of ${outcome.checked} checked.`
    : `${
      outcome.checked - outcome.failed
    } of ${outcome.checked} checked, ${outcome.failed} to correct.`;
  return (
    <SaveBar note={note}>
      {!isGood && (
        <LinkButton kind="ghost" size="large" href={isNew ? "/settings/channels" : here}>
          {isNew ? "Save for later" : "Back"}
        </LinkButton>
      )}
      <LinkButton
        kind={isGood ? "primary" : "secondary"}
        size="large"
        href={isNew && isGood ? `${here}?done=connected` : here}
      >
        {isGood ? "Done" : "All settings"}
      </LinkButton>
    </SaveBar>
  );
}
