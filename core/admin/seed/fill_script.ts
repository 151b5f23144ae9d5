import type { MemberKey } from "./plan.ts";
import { firstName } from "./people.ts";
import type { SeedPerson } from "./plan.ts";
import type { SeedRandom } from "./seed_random.ts";
import { BIKES, TEAM, WORDS } from "./world.ts";

/** Draws what stands for the words in braces, once for a whole conversation. */
export function drawWords(
  random: SeedRandom,
  person: SeedPerson,
  agent: MemberKey,
): ReadonlyMap<string, string> {
  const { parts, days } = WORDS[person.locale];
  const price = random.between(3, 60) * 5;
  return new Map([
    ["bike", random.pick(BIKES)],
    ["part", random.pick(parts)],
    ["order", `VL-${random.between(17_000, 22_999)}`],
    ["size", String(random.between(24, 31) * 2)],
    ["day", random.pick(days)],
    ["time", `${random.between(9, 17)}:${random.pick(["00", "15", "30", "45"])}`],
    ["price", person.locale === "en" ? `€${price}` : `${price} €`],
    ["name", firstName(person)],
    ["agent", TEAM.find(({ key }) => key === agent)?.name.split(" ", 1)[0] ?? ""],
  ]);
}

/** Puts the words in. @throws RangeError when the text asks for one that is not there. */
export function fillScript(text: string, words: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const word = words.get(name);
    if (word === undefined) throw new RangeError(`Cannot fill "{${name}}": no such word`);
    return word;
  });
}
