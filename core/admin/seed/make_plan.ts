import { LOCALES, makePerson } from "./people.ts";
import { noiseConversation } from "./noise_conversation.ts";
import type { Locale, SeedConversation, SeedPerson, SeedPlan } from "./plan.ts";
import { runScript } from "./run_script.ts";
import type { Script } from "./script.ts";
import { dutch } from "./scripts/dutch.ts";
import { elsewhere } from "./scripts/elsewhere.ts";
import { english } from "./scripts/english.ts";
import { french } from "./scripts/french.ts";
import { german } from "./scripts/german.ts";
import { italian } from "./scripts/italian.ts";
import { SeedRandom } from "./seed_random.ts";
import { showcase } from "./showcase.ts";

export interface PlanOptions {
  readonly seed: number;
  /** Epoch ms; nothing happens later. */
  readonly now: number;
  /** How many, showcase included. */
  readonly conversations: number;
  /** `believable`: a shop's last 30 days. `open`: all of them open and short, to measure by. */
  readonly mix: "believable" | "open";
}

const SCRIPTS: readonly Script[] = [
  ...dutch,
  ...english,
  ...italian,
  ...german,
  ...french,
  ...elsewhere,
];
/** Of the people who write, how many did before. */
const RETURNING = 0.25;
const NOISE = 0.06;

/** The whole data of a workspace. Pure: the same options make the same plan. */
export function makePlan({ seed, now, conversations: count, mix }: PlanOptions): SeedPlan {
  const random = new SeedRandom(seed);
  const people: SeedPerson[] = [];
  const byLocale = new Map<Locale, number[]>();
  const conversations: SeedConversation[] = [];

  const newPerson = (locale: Locale): number => {
    const index = people.push(makePerson(random, locale, people.length + 1)) - 1;
    byLocale.set(locale, [...byLocale.get(locale) ?? [], index]);
    return index;
  };
  if (mix === "believable") {
    const shown = showcase(now);
    for (const { person, ...rest } of shown.slice(0, count)) {
      conversations.push({ ...rest, person: people.push(person) - 1 });
    }
  }
  while (conversations.length < count) {
    if (mix === "believable" && random.chance(NOISE)) {
      conversations.push(noiseConversation(random, newPerson("en"), now));
      continue;
    }
    const locale = random.weighted(LOCALES);
    const known = byLocale.get(locale) ?? [];
    const isReturning = mix === "believable" && known.length > 0 && random.chance(RETURNING);
    const person = isReturning ? random.pick(known) : newPerson(locale);
    const found = people[person];
    if (found === undefined) throw new RangeError(`Cannot find person ${person}`);
    const script = random.pick(SCRIPTS.filter((one) => one.locale === locale));
    conversations.push(runScript({ random, script, person, found, now, mix }));
  }
  return { now, people, conversations: conversations.toSorted((a, b) => startOf(a) - startOf(b)) };
}

function startOf({ steps }: SeedConversation): number {
  return steps[0]?.at ?? 0;
}
