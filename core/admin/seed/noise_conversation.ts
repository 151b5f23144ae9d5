import type { InboxKey, SeedConversation } from "./plan.ts";
import { NEWSLETTER, SPAM } from "./scripts/noise.ts";
import type { SeedRandom } from "./seed_random.ts";

const DAY_MS = 86_400_000;

/** Spam, or a dealer's newsletter. */
export function noiseConversation(
  random: SeedRandom,
  person: number,
  now: number,
): SeedConversation {
  const at = now - Math.round((0.02 + random.next() * 29) * DAY_MS);
  const channel: InboxKey = random.pick(["support", "support", "workshop", "rentals"]);
  if (random.chance(0.3)) {
    const { subject, text, html } = NEWSLETTER;
    return {
      person,
      channel,
      subject,
      steps: [
        { kind: "inbound", at, text, html, isAutomatic: true },
        { kind: "change", at: at + 600_000, by: "anna", patch: { status: "closed" } },
      ],
      readBy: ["anna"],
    };
  }
  const { subject, text } = random.pick(SPAM);
  return {
    person,
    channel,
    subject,
    steps: [
      { kind: "inbound", at, text },
      { kind: "change", at: at + 900_000, by: "nora", patch: { status: "spam" } },
    ],
    readBy: ["nora"],
  };
}
