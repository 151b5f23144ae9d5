import type { LaterDelivery, OutboundPart } from "../../core/channel/mod.ts";
import { answerTo, talkOf } from "./answer_words.ts";
import type { PracticeConfig } from "./config.ts";
import { bodyOf, type Customer, eventOf, type JsonEvent, messageOf, typingOf } from "./customer.ts";
import { fileOf } from "./files.ts";
import { HOSTILE_TEXTS } from "./hostile_texts.ts";
import { type Seeded, seeded } from "./seeded.ts";

const DELIVERED_MS = 400;
const READ_MS = 1_500;
const HOUR_MS = 3_600_000;

/** What is to come, in ms after the reply. */
interface Coming {
  readonly afterMs: number;
  readonly events: readonly JsonEvent[];
}

/**
 * What follows a reply: receipts, then mostly an answer. Pure: the same settings and reply give the same.
 * @param externalId the reply's
 * @param now epoch ms
 */
export function reactionsTo(
  part: OutboundPart,
  customer: Customer,
  { config, externalId, now }: {
    readonly config: PracticeConfig;
    readonly externalId: string;
    readonly now: number;
  },
): readonly LaterDelivery[] {
  const random = seeded(`${config.seed} reply ${externalId}`);
  const { repeats, shuffles } = config.misbehaviour;
  const coming = [
    ...receiptsOf(externalId, now),
    // Machines do not get an answer: two of them would never end. A message in pieces gets one.
    ...config.answers && part.isAutomatic !== true && part.index === 0
      ? answersOf(part, customer, { config, externalId, now, random })
      : [],
  ];
  const [first, second, ...rest] = coming;
  const isTurned = shuffles && random.chance(0.5) && first !== undefined && second !== undefined;
  const ordered = isTurned
    ? [
      { ...first, afterMs: second.afterMs },
      { ...second, afterMs: first.afterMs },
      ...rest,
    ]
    : coming;
  return ordered.flatMap(({ afterMs, events }): readonly LaterDelivery[] => {
    const delivery = {
      at: now + afterMs,
      contentType: "application/json",
      body: bodyOf(...events),
    };
    return repeats && random.chance(0.5)
      ? [delivery, { ...delivery, body: `${delivery.body} ` }]
      : [delivery];
  });
}

function receiptsOf(messageExternalId: string, now: number): readonly Coming[] {
  const receipt = (status: "delivered" | "read", afterMs: number): Coming => ({
    afterMs,
    events: [{
      type: "status",
      externalId: `${messageExternalId} ${status}`,
      occurredAt: now + afterMs,
      status,
      target: { by: "external", messageExternalId },
    }],
  });
  return [receipt("delivered", DELIVERED_MS), receipt("read", READ_MS)];
}

function answersOf(
  { text, quickReplies }: OutboundPart,
  customer: Customer,
  { config, externalId, now, random }: {
    readonly config: PracticeConfig;
    readonly externalId: string;
    readonly now: number;
    readonly random: Seeded;
  },
): readonly Coming[] {
  const { misbehaviour: odd, answerSeconds, typing } = config;
  const coming: Coming[] = [];
  const event = (name: string, afterMs: number) =>
    eventOf(customer, `${externalId} ${name}`, now + afterMs);
  if (odd.reactions && random.chance(0.6)) {
    const emoji = random.pick(["👍", "❤️", "😂", "🎉"]);
    const afterMs = READ_MS + 1_000;
    const known = { messageExternalId: externalId, ...event("reaction", afterMs) };
    coming.push({ afterMs, events: [{ type: "reaction", emoji, ...known }] });
  }
  const talk = talkOf(text);
  if (talk === "goodbye") return coming;

  const soonMs = Math.max(Math.round(answerSeconds * 1_000 * (0.6 + 0.8 * random.next())), 2_000);
  const afterMs = odd.silences && random.chance(0.4)
    ? random.between(2 * HOUR_MS, 6 * HOUR_MS)
    : soonMs;
  if (typing) {
    const typingMs = Math.max(afterMs - 2_500, READ_MS);
    const { identities: _, ...known } = event("typing", typingMs);
    coming.push({
      afterMs: typingMs,
      events: [typingOf(customer, known.externalId, known.occurredAt)],
    });
  }
  const say = (name: string, at: number, words: string, file: JsonEvent | null = null) =>
    messageOf(customer, `${externalId} ${name}`, { at: now + at, text: words, file });
  if (odd.optOuts && random.chance(0.2)) {
    const optOut = { type: "opt_out", ...event("opt-out", afterMs) };
    return [...coming, { afterMs, events: [say("answer", afterMs, "STOP"), optOut] }];
  }
  const [tapped] = quickReplies === undefined ? [] : [
    quickReplies[
      Math.floor(random.next() * quickReplies.length)
    ],
  ];
  if (tapped !== undefined) {
    const known = { threadKey: customer.id, ...event("tap", afterMs) };
    return [...coming, { afterMs, events: [{ type: "action", ...tapped, ...known }] }];
  }
  const words = odd.hostileText && random.chance(0.4)
    ? random.pick(HOSTILE_TEXTS)
    : answerTo(talk, random);
  const file = odd.files && random.chance(0.4) ? fileOf(random) : null;
  coming.push({ afterMs, events: [say("answer", afterMs, words, file)] });
  if (odd.edits && random.chance(0.5)) {
    const { identities: _, ...known } = event("edit", afterMs + 4_000);
    const messageExternalId = `${externalId} answer`;
    const change = random.chance(0.5)
      ? { type: "message_updated", text: `${words.slice(0, 500)} (corrected)` }
      : { type: "message_deleted" };
    coming.push({ afterMs: afterMs + 4_000, events: [{ ...change, ...known, messageExternalId }] });
  }
  return coming;
}
