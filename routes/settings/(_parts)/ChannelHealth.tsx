import type { ChannelStatus } from "@/core/model/channel.ts";
import { Status } from "@/islands/(_components)/Status.tsx";

export interface ChannelHealthProps {
  readonly status: ChannelStatus;
  /** Why it does not work. */
  readonly error: string | null;
}

/** Whether a channel works, and why not. */
export function ChannelHealth({ status, error }: ChannelHealthProps) {
  switch (status) {
    case "ready":
      return <Status icon="done" state="ok">Ready</Status>;
    case "paused":
      return <Status icon="ring">Paused</Status>;
    case "error":
      return (
        <>
          <Status icon="alert" state="failed">Not working</Status>
          {error && <small class="meta detail" title={error}>{error}</small>}
        </>
      );
  }
}
