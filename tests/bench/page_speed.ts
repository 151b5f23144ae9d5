/** How quick the inbox is under the hands, in a real Chromium: opening, scrolling, typing, and while much happens. */
import type { Browser, CDPSession, Page } from "playwright-core";
import { openWorkspace } from "../e2e/agent_page.ts";
import type { BenchVisitor } from "./bench_visitors.ts";
import { PASSWORD } from "./bench_world.ts";
import { percentile } from "./measurements.ts";
import { watchPage } from "./watch_page.ts";

export interface BenchPage extends AsyncDisposable {
  readonly page: Page;
  /** Makes the processor so many times slower; 1 is as it is. */
  slowDown(times: number): Promise<void>;
  /** Used by the page's script after its garbage is collected, in MB. */
  heapMb(): Promise<number>;
}

/** Opens the inbox and waits until it is live. */
export async function openBenchPage(browser: Browser, url: string): Promise<BenchPage> {
  const agent = await openWorkspace(browser, url, "nora@veloce.example", {}, PASSWORD);
  const { page } = agent;
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await page.evaluate(watchPage);
  await page.locator(".rows .row").first().waitFor();
  return {
    page,
    slowDown: async (rate) => void await cdp.send("Emulation.setCPUThrottlingRate", { rate }),
    async heapMb() {
      await cdp.send("HeapProfiler.collectGarbage");
      const { metrics } = await cdp.send("Performance.enable").then(() =>
        cdp.send("Performance.getMetrics")
      );
      const used = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
      return used / 1_000_000;
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

/** As long as an agent looks at a row at least before they open it. */
const LOOK_MS = 200;

export interface Opening {
  /** p95 in ms, from Enter until the messages are drawn, the frames of mails too. */
  readonly p95Ms: number;
  /** Median of: opening / drawing a copy of the same thread by the browser alone. */
  readonly ratio: number;
}

/** Goes down the list with j and opens with Enter, again and again. */
export async function measureOpening(page: Page, times: number): Promise<Opening> {
  const took: number[] = [];
  const ratios: number[] = [];
  for (let n = 0; n < times; n++) {
    await page.keyboard.press("j");
    await pause(LOOK_MS);
    await page.evaluate(() => globalThis.parleyBench.watchOpening());
    await page.keyboard.press("Enter");
    const opened = await page.evaluate(() => globalThis.parleyBench.opened);
    if (opened === null) throw new Error("Cannot measure: no conversation was opened");
    took.push(opened.ms);
    ratios.push(opened.ms / opened.copyMs);
  }
  return { p95Ms: percentile(took, 0.95), ratio: percentile(ratios, 0.5) };
}

/** Types into the reply of the open conversation. @returns p95 in ms of what the page does for one key */
export async function measureTyping(page: Page, letters: number): Promise<number> {
  await page.keyboard.press("r");
  await page.waitForFunction(() =>
    document.activeElement?.matches("textarea, [contenteditable]") ?? false
  );
  await page.evaluate(() => globalThis.parleyBench.watchKeys());
  const text = "The frame is in stock and will be at your shop by Friday. ";
  for (let n = 0; n < letters; n++) {
    await page.keyboard.press(text.charAt(n % text.length));
    // As fast as the fastest type.
    await pause(40);
  }
  const took = await page.evaluate(() => globalThis.parleyBench.keyTimes());
  await page.keyboard.press("Escape");
  return percentile(took, 0.95);
}

export interface Scrolling {
  readonly rows: number;
  readonly longestTaskMs: number;
  readonly seconds: number;
}

/** Scrolls the list to its end; its pages come when they are near. */
export async function measureScrolling(page: Page): Promise<Scrolling> {
  return await page.evaluate(() => globalThis.parleyBench.scrollToEnd());
}

export interface Busy {
  readonly perSecond: number;
  readonly longestTaskMs: number;
}

/** Customers write so that the page hears of so many events a second. @param perSecond messages, each of several events */
export async function measureBusy(
  page: Page,
  { visitors, perSecond, ms }: {
    readonly visitors: readonly BenchVisitor[];
    readonly perSecond: number;
    readonly ms: number;
  },
): Promise<Busy> {
  await page.evaluate(() => globalThis.parleyBench.startWatching());
  const startedAt = performance.now();
  const posts: Promise<void>[] = [];
  for (let i = 0; performance.now() - startedAt < ms; i++) {
    const waitMs = startedAt + i * 1_000 / perSecond - performance.now();
    if (waitMs > 0) await pause(waitMs);
    const visitor = visitors[i % visitors.length];
    if (visitor === undefined) throw new RangeError("Cannot measure: there are no visitors");
    posts.push(visitor.write(`Do you have number ${i}?`));
  }
  await Promise.all(posts);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { events, longestTaskMs } = await page.evaluate(() =>
    globalThis.parleyBench.stopWatching()
  );
  return { perSecond: events / seconds, longestTaskMs };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
