import type { PracticeConfig } from "./config.ts";
import { bodyOf, customerOf, eventOf, type JsonEvent, messageOf, typingOf } from "./customer.ts";
import { fileOf } from "./files.ts";
import { HOSTILE_TEXTS } from "./hostile_texts.ts";
import { OPENINGS } from "./openings.ts";
import { type Seeded, seeded } from "./seeded.ts";

/** A delivery of a visit. */
export interface VisitStep {
  /** When it comes, in ms after the visit began. */
  readonly afterMs: number;
  /** @param startedAt when the visit began, epoch ms */
  body(startedAt: number): string;
}

/** What somebody writes by themselves, in the order of its coming. Pure: the same settings give the same visit. */
export function visitOf(config: PracticeConfig, visit: number): readonly VisitStep[] {
  const { seed, typing, misbehaviour: odd } = config;
  const random = seeded(`${seed} visit ${visit}`);
  const customer = customerOf(seed, visit);
  const idOf = (n: number) => `${customer.id} visit ${visit} ${n}`;
  const steps: VisitStep[] = [];
  let afterMs = 0;
  const add = (waitMs: number, make: (externalId: string, at: number) => JsonEvent) => {
    afterMs += waitMs;
    const [at, externalId] = [afterMs, idOf(steps.length)];
    steps.push({ afterMs: at, body: (startedAt) => bodyOf(make(externalId, startedAt + at)) });
    return externalId;
  };
  const say = (text: string, file: JsonEvent | null = null) => {
    const writingMs = Math.min(800 + text.length * 40, 6_000);
    if (typing) add(500, (externalId, at) => typingOf(customer, externalId, at));
    return add(writingMs, (externalId, at) => messageOf(customer, externalId, { at, text, file }));
  };

  for (const text of random.pick(OPENINGS)) say(text);
  if (odd.files && random.chance(0.5)) say("This is what I mean:", fileOf(random));
  if (odd.hostileText && random.chance(0.6)) say(random.pick(HOSTILE_TEXTS));
  if (odd.edits && random.chance(0.7)) {
    const messageExternalId = say("I will be there at noon.");
    const known = (externalId: string, at: number) => {
      const { identities: _, ...event } = eventOf(customer, externalId, at);
      return { ...event, messageExternalId };
    };
    add(
      4_000,
      (externalId, at) =>
        visit % 2 === 0
          ? { type: "message_updated", ...known(externalId, at), text: "I will be there at one." }
          : { type: "message_deleted", ...known(externalId, at) },
    );
  }
  return disturbed(steps, odd, random);
}

/** The deliveries as a bad connection brings them: some twice, some too early. */
function disturbed(
  steps: readonly VisitStep[],
  { repeats, shuffles }: PracticeConfig["misbehaviour"],
  random: Seeded,
): readonly VisitStep[] {
  const twice = steps.flatMap((step) => {
    if (!repeats || !random.chance(0.6)) return [step];
    // The same bytes, and other bytes that hold the same events.
    return [step, step, { ...step, body: (startedAt: number) => `${step.body(startedAt)} ` }];
  });
  if (!shuffles) return twice;
  const turned = [...twice];
  for (let i = 0; i + 1 < turned.length; i++) {
    const [early, late] = [turned[i], turned[i + 1]];
    if (early === undefined || late === undefined || !random.chance(0.4)) continue;
    turned[i] = { ...late, afterMs: early.afterMs };
    turned[i + 1] = { ...early, afterMs: late.afterMs };
  }
  return turned;
}
