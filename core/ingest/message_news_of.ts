import type { InboundEvent } from "../channel/mod.ts";
import { clip } from "../clip.ts";
import { normalizeIdentity } from "../contacts/mod.ts";
import { NO_NEWS } from "../conversations/mod.ts";
import { sha256 } from "../sha256.ts";
import type { MessageNews } from "../store/mod.ts";

/** What is told of a message that is here, or comes later. */
export type NewsEvent = Extract<
  InboundEvent,
  { readonly type: "message_updated" | "message_deleted" | "reaction" }
>;

const MAX_NAME = 40;
/** Longer names of people are kept as their hash. */
const MAX_PERSON = 100;

/** An event as news of the message it names. Pure. */
export function messageNewsOf(event: NewsEvent): MessageNews {
  const { occurredAt: at } = event;
  switch (event.type) {
    case "message_updated":
      return { ...NO_NEWS, texts: [{ text: event.text.replaceAll("\0", ""), at }] };
    case "message_deleted":
      return { ...NO_NEWS, deletedAt: at };
    case "reaction": {
      const { emoji, name = "", identities } = event;
      const by = personOf(identities);
      return { ...NO_NEWS, reactions: [{ emoji, by, name: clip(name.trim(), MAX_NAME), at }] };
    }
  }
}

/** The same for the same person, whoever they are found to be. */
function personOf([strongest]: Extract<NewsEvent, { type: "reaction" }>["identities"]): string {
  if (strongest === undefined) throw new TypeError("Cannot take a reaction: nobody is named");
  const { kind, value } = normalizeIdentity(strongest);
  const person = `${kind}:${value}`;
  return person.length > MAX_PERSON ? sha256(person) : person;
}
