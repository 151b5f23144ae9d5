import type { PollError, PollSession } from "../channel/mod.ts";
import type { Clock } from "../ports.ts";
import { ok, type Result } from "../result.ts";

/** Connections of this process to channels that tell of news by themselves, kept between two polls. */
export interface PollSessions extends AsyncDisposable {
  /**
   * The session kept for a channel with these settings, else one that `open` gives.
   * It is the caller's until `keep` or `close`.
   */
  take(
    channelId: string,
    configHash: string,
    open: () => Promise<Result<PollSession, PollError>>,
  ): Promise<Result<TakenSession, PollError>>;
  /** Waits on it for news until it is taken again; closes it where there is nothing to wait for. */
  keep(channelId: string, configHash: string, taken: TakenSession): Promise<void>;
  /** Closes what is kept for a channel. */
  drop(channelId: string): Promise<void>;
}

export interface TakenSession {
  readonly session: PollSession;
  /** It was open already, so its connection may have broken meanwhile. */
  readonly wasKept: boolean;
  readonly openedAt: number;
}

export interface PollSessionsOptions {
  readonly clock: Clock;
  /** False where nothing outlives a request: every session is closed after its poll. */
  readonly canWait: boolean;
  /** @param ageMs how long the session had been open */
  onNews(channelId: string, news: "news" | "ended", ageMs: number): void;
}

interface Kept {
  readonly taken: TakenSession;
  readonly configHash: string;
  readonly waiting: AbortController;
}

export function createPollSessions(
  { clock, canWait, onNews }: PollSessionsOptions,
): PollSessions {
  const kept = new Map<string, Kept>();
  let isClosed = false;

  async function drop(channelId: string): Promise<void> {
    const old = kept.get(channelId);
    kept.delete(channelId);
    old?.waiting.abort();
    await old?.taken.session.close();
  }

  async function wait(
    channelId: string,
    mine: Kept,
    waitForNews: NonNullable<PollSession["waitForNews"]>,
  ): Promise<void> {
    const news = await waitForNews(mine.waiting.signal).catch(() => "ended" as const);
    // Taken or dropped meanwhile: whoever did that knows what to do.
    if (kept.get(channelId) !== mine) return;
    if (news === "ended") await drop(channelId);
    onNews(channelId, news, clock.now() - mine.taken.openedAt);
  }

  return {
    drop,

    async take(channelId, configHash, open) {
      const old = kept.get(channelId);
      if (old?.configHash === configHash) {
        kept.delete(channelId);
        old.waiting.abort();
        return ok({ ...old.taken, wasKept: true });
      }
      await drop(channelId);
      const opened = await open();
      if (!opened.ok) return opened;
      return ok({ session: opened.value, wasKept: false, openedAt: clock.now() });
    },

    async keep(channelId, configHash, taken) {
      const { session } = taken;
      if (!canWait || isClosed || session.waitForNews === null) return await session.close();
      await drop(channelId);
      const waiting = new AbortController();
      const mine: Kept = { taken, configHash, waiting };
      kept.set(channelId, mine);
      void wait(channelId, mine, session.waitForNews);
    },

    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all([...kept.keys()].map(drop));
    },
  };
}
