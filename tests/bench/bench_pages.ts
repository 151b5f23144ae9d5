/** The inbox in a real Chromium, with very much to do. */
import { findChromium, launchBrowser } from "../e2e/launch_browser.ts";
import { makeVisitors } from "./bench_visitors.ts";
import { measureFirstScript } from "./first_script.ts";
import type { Line, Samples } from "./measurements.ts";
import {
  measureBusy,
  measureOpening,
  measureScrolling,
  measureTyping,
  openBenchPage,
} from "./page_speed.ts";

/** A cheap laptop beside the machine this runs on. */
const SLOW = 4;
const OPENINGS = 20;
const LETTERS = 80;
/** Each is told as several events: the message, its conversation, the counts. */
const MESSAGES_PER_SECOND = 100;
const WRITERS = 16;

export interface PagesOptions {
  readonly url: string;
  readonly cookie: string;
  readonly chatChannelId: string;
  /** How long customers write, in ms. */
  readonly busyMs: number;
}

/** Adds what it measures. @returns false where there is no Chromium */
export async function benchPages(samples: Samples, options: PagesOptions): Promise<boolean> {
  if (findChromium() === null) return false;
  const { url, cookie, chatChannelId, busyMs } = options;
  const script = await measureFirstScript({ url, path: "/inbox/all/open", cookie });
  samples.add("page, script", script.gzipBytes / 1_000);
  using visitors = await makeVisitors(url, chatChannelId, WRITERS);
  await using browser = await launchBrowser();
  await using inbox = await openBenchPage(browser, url);
  const { page } = inbox;
  const opening = await measureOpening(page, OPENINGS);
  samples.add("page, opening", opening.p95Ms);
  samples.add("page, opening ratio", opening.ratio);
  samples.add("page, typing", await measureTyping(page, LETTERS));
  await inbox.slowDown(SLOW);
  samples.add("page, opening slow", (await measureOpening(page, OPENINGS)).p95Ms);
  samples.add("page, typing slow", await measureTyping(page, LETTERS));
  await inbox.slowDown(1);
  const scrolling = await measureScrolling(page);
  samples.add("page, scrolling", scrolling.longestTaskMs);
  samples.add("page, heap", await inbox.heapMb());
  const busy = await measureBusy(page, {
    visitors: visitors.all,
    perSecond: MESSAGES_PER_SECOND,
    ms: busyMs,
  });
  samples.add("page, busy", busy.longestTaskMs);
  samples.add("page, events", busy.perSecond);
  return true;
}

/** Its lines of the result. @param rows of the list, in words */
export function pageLines(samples: Samples, rows: string): readonly Line[] {
  const atMost = (value: number) => ({ kind: "at most", value }) as const;
  return [
    samples.line("page, script", "script of the inbox, gzipped", "KB", atMost(80)),
    samples.line("page, opening", "a conversation opens, p95", "ms", atMost(100)),
    samples.line("page, opening slow", `the same, processor ÷${SLOW}`, "ms"),
    samples.line("page, opening ratio", "opening / drawing a copy of it", "ratio"),
    samples.line("page, typing", "a key in the composer, p95", "ms", atMost(16)),
    samples.line("page, typing slow", `the same, processor ÷${SLOW}`, "ms"),
    samples.line("page, scrolling", `longest task, ${rows} scrolled`, "ms", atMost(100)),
    samples.line("page, heap", "its script's memory after that", "MB"),
    samples.line("page, busy", "longest task while much happens", "ms", atMost(200)),
    samples.line("page, events", "events heard meanwhile", "/s"),
  ];
}
