import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";

export interface ChannelDangersProps {
  /** The channel's own page. */
  readonly action: string;
  readonly isPaused: boolean;
}

/** Pausing and removing a channel. */
export function ChannelDangers({ action, isPaused }: ChannelDangersProps) {
  return (
    <PageSection title="Pause or remove">
      <div class="box">
        <BoxRow
          title={isPaused ? "Paused" : "Pause"}
          text={isPaused
            ? "Nothing comes in or goes out."
            : "Nothing comes in or goes out until you start it again. Its conversations stay."}
        >
          <form method="post" action={`${action}?action=${isPaused ? "resume" : "pause"}`}>
            <Button type="submit">{isPaused ? "Start again" : "Pause"}</Button>
          </form>
        </BoxRow>
        <BoxRow title="Remove" text="Only while it has no conversation; pause it otherwise.">
          <form method="post" action={`${action}?action=remove`}>
            <Button kind="danger-quiet" type="submit">Remove</Button>
          </form>
        </BoxRow>
      </div>
    </PageSection>
  );
}
