import { drawWords, fillScript } from "./fill_script.ts";
import { mailBody, type Quote } from "./mail_markup.ts";
import type {
  ChannelKey,
  InboxKey,
  MemberKey,
  ReplyOutcome,
  SeedConversation,
  SeedFile,
  SeedPatch,
  SeedPerson,
  SeedStep,
} from "./plan.ts";
import type { Script } from "./script.ts";
import type { SeedRandom } from "./seed_random.ts";
import { TEAM } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface ScriptRun {
  readonly random: SeedRandom;
  readonly script: Script;
  /** Index of the person. */
  readonly person: number;
  readonly found: SeedPerson;
  readonly now: number;
  readonly mix: "believable" | "open";
}

/** One conversation after a script: how far it went, when, and how it ended. */
export function runScript(run: ScriptRun): SeedConversation {
  const { random, script, person, found, now, mix } = run;
  const via = random.pick(script.via);
  const channel: ChannelKey = via === "chat" ? "chat" : script.inbox;
  const inbox: InboxKey = via === "chat" ? "support" : script.inbox;
  const crew = TEAM.filter(({ inboxes }) => inboxes.includes(inbox)).map(({ key }) => key);
  const agent = random.pick(crew);
  const words = drawWords(random, found, agent);
  const end = mix === "open" ? "open" : drawEnd(random);
  const turns = script.turns.slice(0, turnsOf(run, end));

  const gaps = turns.map(([who]) => gapBefore(random, via, who));
  const lastAt = drawLastAt(random, end, now);
  let at = lastAt - gaps.slice(1).reduce((sum, gap) => sum + gap, 0);
  const steps: SeedStep[] = [];
  let quote: Quote | null = null;
  for (const [index, [who, raw]] of turns.entries()) {
    if (index > 0) at += gaps[index] ?? 0;
    const text = fillScript(raw, words);
    if (who === "c") {
      const body = via === "mail" && (quote !== null || random.chance(0.6))
        ? mailBody(text, { locale: found.locale, quote, hasImage: random.chance(0.2) })
        : { text };
      const files = mix === "believable" && /foto|photo/i.test(text) ? drawFiles(random) : [];
      steps.push({ kind: "inbound", at, ...body, ...files.length > 0 && { files } });
    } else if (who === "a") {
      const isLast = index === turns.length - 1;
      steps.push({ kind: "reply", at, by: agent, text, outcome: drawOutcome(random, via, isLast) });
      quote = { name: "Veloce", at, text };
    } else {
      steps.push({ kind: "comment", at, by: random.pick(crew), text });
    }
    if (index === 0 && mix === "believable") steps.push(...drawTriage(random, script, agent, at));
  }
  steps.push(...endSteps(random, end, agent, at, now));
  const readers = steps.at(-1)?.kind === "inbound" && random.chance(0.6)
    ? []
    : crew.filter((key) => key === agent || random.chance(0.7));
  return {
    person,
    channel,
    subject: via === "mail" ? fillScript(script.subject, words) : "",
    steps,
    readBy: readers,
  };
}

type End = "open" | "closed" | "snoozed" | "trash";

function drawEnd(random: SeedRandom): End {
  return random.weighted([["open", 24], ["closed", 68], ["snoozed", 5], ["trash", 3]]);
}

/** What is closed was finished, mostly; what is open is somewhere on its way. */
function turnsOf({ random, script, mix }: ScriptRun, end: End): number {
  const all = script.turns.length;
  if (mix === "open") return Math.min(all, random.between(1, 2));
  return end === "closed" && random.chance(0.85) ? all : random.between(1, all);
}

function drawLastAt(random: SeedRandom, end: End, now: number): number {
  // Squared: most of what is open moved lately.
  const share = random.next() ** 2;
  if (end === "open" || end === "snoozed") {
    return now - Math.round(3 * MINUTE_MS + share * 5 * DAY_MS);
  }
  const at = now - Math.round(2 * HOUR_MS + random.next() * 30 * DAY_MS);
  return Math.min(atOpeningHours(random, at), now - HOUR_MS);
}

/** The same day between 8:00 and 18:30 UTC: the shop sleeps at night. */
function atOpeningHours(random: SeedRandom, at: number): number {
  const midnight = at - at % DAY_MS;
  return midnight + random.between(8 * 60, 18 * 60 + 30) * MINUTE_MS + random.between(0, 59_999);
}

function gapBefore(random: SeedRandom, via: "chat" | "mail", who: "c" | "a" | "n"): number {
  const seconds = via === "chat"
    ? random.between(15, 240)
    : who === "c"
    ? random.between(20 * 60, 20 * 3_600)
    : random.between(4 * 60, 3 * 3_600);
  return seconds * 1_000 + random.between(0, 999);
}

function drawOutcome(random: SeedRandom, via: "chat" | "mail", isLast: boolean): ReplyOutcome {
  if (via === "chat") {
    return { status: isLast ? random.pick(["sent", "delivered", "read"]) : "read" };
  }
  if (isLast && random.chance(0.04)) {
    return {
      status: "failed",
      code: "recipient_unavailable",
      message: "The mailbox is full. Their server answered 552 5.2.2.",
    };
  }
  return { status: "sent" };
}

/** Who takes it, and what it is about: soon after it came. */
function drawTriage(
  random: SeedRandom,
  { tags = [] }: Script,
  agent: MemberKey,
  at: number,
): SeedStep[] {
  const patch: SeedPatch = {
    ...tags.length > 0 && random.chance(0.7) ? { tags } : {},
    ...random.chance(0.35) ? { assignee: agent } : {},
    ...random.chance(0.06) ? { priority: random.pick(["high", "urgent"] as const) } : {},
  };
  return Object.keys(patch).length === 0
    ? []
    : [{ kind: "change", at: at + random.between(1_000, 9_000), by: agent, patch }];
}

function endSteps(
  random: SeedRandom,
  end: End,
  by: MemberKey,
  lastAt: number,
  now: number,
): SeedStep[] {
  const at = Math.min(lastAt + random.between(20_000, 40 * MINUTE_MS), now - 1_000);
  switch (end) {
    case "open":
      return [];
    case "closed":
    case "trash":
      return [{ kind: "change", at, by, patch: { status: end } }];
    case "snoozed": {
      const snoozedUntil = now + random.between(6, 120) * HOUR_MS;
      return [{ kind: "change", at, by, patch: { status: "snoozed", snoozedUntil } }];
    }
  }
}

function drawFiles(random: SeedRandom): readonly SeedFile[] {
  return Array.from({ length: random.between(1, 3) }, () => ({
    kind: "picture",
    name: `IMG_${random.between(1_000, 9_999)}.png`,
    hue: random.between(0, 35) * 10,
  }));
}
