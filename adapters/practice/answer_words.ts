import type { Seeded } from "./seeded.ts";

/** What an agent's reply is, as far as its words tell. */
export type Talk = "goodbye" | "question" | "promise" | "other";

const GOODBYE =
  /\b(bye|goodbye|have a (nice|good|great)|you.re welcome|see you|tot ziens|ciao|tschüss)\b/i;
const PROMISE = /\b(i.ll|we.ll|will|soon|today|tomorrow|minutes?|check|look into)\b/i;

/** Reads a reply as a customer in a hurry does. Pure. */
export function talkOf(text: string): Talk {
  if (GOODBYE.test(text)) return "goodbye";
  if (/[?؟]/.test(text)) return "question";
  return PROMISE.test(text) ? "promise" : "other";
}

const ANSWERS: Readonly<Record<Exclude<Talk, "goodbye">, readonly [string, ...string[]]>> = {
  question: [
    "Yes, please.",
    "No, the other one.",
    "It’s number 1042, I think.",
    "On Saturday would be best for me.",
    "I’m not sure. What would you do?",
    "Size M. I’m 1.72 m tall.",
  ],
  promise: [
    "Great, I’ll wait for that.",
    "OK. How long does it take?",
    "Thank you! Can you call me when it’s done?",
    "By when, roughly?",
  ],
  other: [
    "Thanks! And what does it cost?",
    "I see. Is there another way?",
    "Hm, that isn’t what I was told in the shop.",
    "OK, understood.",
    "Can you send me that by mail as well?",
  ],
};
const LAST_WORDS: readonly [string, ...string[]] = [
  "Perfect, that was all. Thank you, bye!",
  "Thanks for the help 🙏",
  "OK, then I know everything. Have a nice day!",
];

/** What somebody answers. One in four has no further questions. */
export function answerTo(talk: Exclude<Talk, "goodbye">, random: Seeded): string {
  return random.chance(0.25) ? random.pick(LAST_WORDS) : random.pick(ANSWERS[talk]);
}
