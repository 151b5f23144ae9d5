import { can, type Principal, RateLimiter } from "../access/mod.ts";
import type { SetupAsk, SetupNews, SetupStep } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { OpenedChannel } from "./open_channel.ts";
import { markBroken, markWorking } from "./mark_channel.ts";
import { wait } from "../wait.ts";

/** Whole tests send something: enough to try what one changes, too few to bother anybody. */
const LIMIT = { max: 20, windowMs: 10 * 60 * 1_000 };

export interface TestOptions {
  /** Also send something to the channel itself and wait for it. */
  readonly isWhole: boolean;
  /** Aborting it ends the test. */
  readonly signal: AbortSignal;
}

/** A step of a test that ended, with how long it took. */
export type TestedStep = SetupStep & { readonly tookMs: number };
/** What a test tells, in order. */
export type TestNews =
  | { readonly kind: "begins"; readonly title: string }
  | { readonly kind: "ended"; readonly step: TestedStep };

/** Uses a channel's settings and tells step by step how it goes. Errors: not_found, forbidden, rate_limited. */
export type TestChannel = (
  principal: Principal,
  id: string,
  options: TestOptions,
) => Promise<Result<AsyncIterable<TestNews>, CoreError>>;

interface ChannelsToTest {
  /** The channel, if the caller may see it. */
  visible(principal: Principal, id: string): Promise<Channel | null>;
  open(id: string): Promise<Result<OpenedChannel, string>>;
}

/** Tests of channels; a test read to its end marks its channel as working or broken. */
export function createTester(
  context: Pick<CoreContext, "store" | "ports">,
  { visible, open }: ChannelsToTest,
): TestChannel {
  const { store, ports } = context;
  const limiter = new RateLimiter(store);

  async function* run(id: string, { isWhole, signal }: TestOptions): AsyncGenerator<TestNews> {
    const opened = await open(id);
    if (!opened.ok) {
      const step = { title: "Read the settings", ok: false, detail: opened.error, tookMs: 0 };
      return yield { kind: "ended", step };
    }
    const { adapter, view, io, redact } = opened.value;
    if (adapter.setup === undefined) {
      const detail = "This channel needs no connection to test";
      const step = { title: "Read the settings", ok: true, detail, tookMs: 0 };
      return yield { kind: "ended", step };
    }
    const ask: SetupAsk = {
      isWhole,
      hasArrived: async (testId) => await store.get(keys.channelTest(id, testId)) !== null,
      wait: (ms) => wait(ports, ms, signal),
    };
    let beganAt = ports.clock.now();
    let broken: string | null = null;
    for await (const news of guarded(adapter.setup.test(view, io(signal), ask))) {
      if (news.kind === "begins") {
        beganAt = ports.clock.now();
        yield news;
        continue;
      }
      const tookMs = ports.clock.now() - beganAt;
      const step = { ...news.step, detail: redact(news.step.detail), tookMs };
      if (!step.ok && step.isPassing !== true) broken ??= step.detail;
      yield { kind: "ended", step };
      beganAt = ports.clock.now();
    }
    const error = broken;
    await transact(
      store,
      (tx) => error === null ? markWorking(tx, id) : markBroken(tx, id, error),
    );
  }

  /** A test that breaks off in the middle says so, in place of leaving a page half written. */
  async function* guarded(news: AsyncIterable<SetupNews>): AsyncGenerator<SetupNews> {
    let title = "Test";
    try {
      for await (const one of news) {
        if (one.kind === "begins") title = one.title;
        yield one;
      }
    } catch (error) {
      ports.log("warn", "channel test broke off", {
        error: error instanceof Error ? error.message : "unknown",
      });
      const detail = "It broke off: test again.";
      yield { kind: "ended", step: { title, ok: false, isPassing: true, detail } };
    }
  }

  return async (principal, id, options) => {
    if (await visible(principal, id) === null) return err(notFound("channel"));
    if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
    if (options.isWhole) {
      const taken = await limiter.take([{ name: "channel_test", subject: id, ...LIMIT }]);
      if (!taken.ok) return taken;
    }
    return ok(run(id, options));
  };
}
