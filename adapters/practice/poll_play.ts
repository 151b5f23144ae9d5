import {
  type ChannelView,
  type Io,
  ok,
  type PolledDelivery,
  type PollSession,
} from "../../core/channel/mod.ts";
import type { PracticeConfig } from "./config.ts";
import { adjusted, nextOf, readProgress } from "./play.ts";

/** Deliveries of one page. */
const PAGE = 50;

/** Gives what is due of a channel's play, and says when the next of it is. */
export function pollPlay(
  { config }: ChannelView<PracticeConfig>,
  io: Pick<Io, "now">,
): PollSession {
  return {
    poll(cursor) {
      const now = io.now();
      let progress = adjusted(config, readProgress(cursor, now), now);
      const deliveries: PolledDelivery[] = [];
      let next = nextOf(config, progress);
      while (next !== null && next.dueAt <= now && deliveries.length < PAGE) {
        progress = next.progress;
        deliveries.push({
          contentType: "application/json",
          headers: {},
          body: new TextEncoder().encode(next.body),
          receivedAt: now,
          cursor: JSON.stringify(progress),
        });
        next = nextOf(config, progress);
      }
      const hasMore = next !== null && next.dueAt <= now;
      return Promise.resolve(ok({
        deliveries,
        cursor: JSON.stringify(progress),
        hasMore,
        ...next === null ? {} : { nextAt: next.dueAt },
      }));
    },
    waitForNews: null,
    close: () => Promise.resolve(),
  };
}
