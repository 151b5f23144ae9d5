import { z } from "zod";
import { BUSY_MORNING } from "./busy_morning.ts";
import type { PracticeConfig } from "./config.ts";
import { bodyOf, messageOf } from "./customer.ts";
import { hashOf, seeded } from "./seeded.ts";
import { parseTraffic, type TrafficLine } from "./traffic.ts";
import { visitOf } from "./visit.ts";

/** How far a channel's play has come: what the core keeps as its cursor. */
const Progress = z.object({
  /** Whose turn it is, which of their deliveries is next, and when they came; epoch ms. */
  visit: z.object({ number: z.int().min(0), step: z.int().min(0), startedAt: z.number() }),
  /** Which line is next, and when the one before it came. `key` tells one traffic from another. */
  traffic: z.object({ key: z.string(), line: z.int().min(0), startedAt: z.number() }).nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** What comes next in a play. */
export interface Next {
  /** Epoch ms; may be over. */
  readonly dueAt: number;
  readonly body: string;
  /** Once it was delivered. */
  readonly progress: Progress;
}

const MINUTE_MS = 60_000;

/** Reads a cursor; what is none begins anew. @param now epoch ms */
export function readProgress(cursor: string | null, now: number): Progress {
  const start = { visit: { number: 0, step: 0, startedAt: now }, traffic: null };
  if (cursor === null) return start;
  try {
    return Progress.safeParse(JSON.parse(cursor)).data ?? start;
  } catch {
    return start;
  }
}

/**
 * The progress as the settings are now: other traffic begins at its first line, and after a pause it goes on from now,
 * with nobody coming for all the time that has passed. Pure.
 */
export function adjusted(config: PracticeConfig, progress: Progress, now: number): Progress {
  const everyMs = config.everyMinutes * MINUTE_MS;
  const { visit } = progress;
  const isOff = everyMs > 0 && visit.step === 0 &&
    (visit.startedAt < now - everyMs || visit.startedAt > now + 2 * everyMs);
  return {
    visit: isOff ? { ...visit, startedAt: now } : visit,
    traffic: adjustedTraffic(config, progress.traffic, now),
  };
}

function adjustedTraffic(
  config: PracticeConfig,
  traffic: Progress["traffic"],
  now: number,
): Progress["traffic"] {
  const { replay, speed } = config;
  if (replay === "off") return null;
  const key = `${replay} ${speed} ${hashOf(replay === "own" ? config.traffic : "")}`;
  if (traffic?.key !== key) return { key, line: 0, startedAt: now };
  const next = lineAfter(config, traffic);
  const isLate = next !== null && next.dueAt < now - MINUTE_MS;
  return isLate ? { ...traffic, startedAt: traffic.startedAt + now - next.dueAt } : traffic;
}

/** The next delivery, from whichever comes first; null when there is nothing to come. Pure. */
export function nextOf(config: PracticeConfig, progress: Progress): Next | null {
  const visit = nextOfVisit(config, progress);
  const traffic = nextOfTraffic(config, progress);
  if (visit === null || traffic === null) return visit ?? traffic;
  return traffic.dueAt < visit.dueAt ? traffic : visit;
}

function nextOfVisit(config: PracticeConfig, progress: Progress): Next | null {
  const { everyMinutes, seed } = config;
  const { number, step, startedAt } = progress.visit;
  if (everyMinutes === 0) return null;
  const everyMs = everyMinutes * MINUTE_MS;
  const steps = visitOf(config, number);
  const found = steps[step];
  const pauseMs = seeded(`${seed} pause ${number}`).between(everyMs / 2, everyMs * 1.5);
  const visit = step + 1 < steps.length
    ? { number, step: step + 1, startedAt }
    : { number: number + 1, step: 0, startedAt: startedAt + pauseMs };
  return {
    dueAt: startedAt + (found?.afterMs ?? 0),
    // Settings that were changed in the middle can make a visit shorter.
    body: found?.body(startedAt) ?? bodyOf(),
    progress: { ...progress, visit },
  };
}

function nextOfTraffic(config: PracticeConfig, progress: Progress): Next | null {
  const { traffic } = progress;
  const next = traffic === null ? null : lineAfter(config, traffic);
  if (traffic === null || next === null) return null;
  const { dueAt, number, line } = next;
  const customer = { id: `practice ${config.seed} ${line.from}`, name: line.from };
  const externalId = `${customer.id} traffic ${dueAt} ${number}`;
  return {
    dueAt,
    body: bodyOf(messageOf(customer, externalId, { at: dueAt, text: line.text })),
    progress: { ...progress, traffic: { ...traffic, line: number + 1, startedAt: dueAt } },
  };
}

/** The line that follows; null after the last. */
function lineAfter(
  config: PracticeConfig,
  { line: number, startedAt }: NonNullable<Progress["traffic"]>,
): { readonly dueAt: number; readonly number: number; readonly line: TrafficLine } | null {
  const lines = config.replay === "sample" ? BUSY_MORNING : ownLines(config.traffic);
  const isAgain = number >= lines.length && config.repeat;
  const line = lines[isAgain ? 0 : number];
  if (line === undefined) return null;
  const waitMs = (line.afterMs + (isAgain ? MINUTE_MS : 0)) / config.speed;
  return { dueAt: startedAt + Math.round(waitMs), number: isAgain ? 0 : number, line };
}

/** The settings were checked when they were saved. */
function ownLines(traffic: string): readonly TrafficLine[] {
  const parsed = parseTraffic(traffic);
  return parsed.ok ? parsed.value : [];
}
