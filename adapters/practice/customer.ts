/** An event of a delivery in JSON, as `eventsFromJson` reads it. */
export type JsonEvent = Readonly<Record<string, unknown>>;

/** Somebody who practises. */
export interface Customer {
  /** Also the key of their chat. */
  readonly id: string;
  readonly name: string;
}

const NAMES = [
  "Chiara Gallo",
  "Tom O’Brien",
  "Sanne de Vries",
  "Jürgen Schröder",
  "Camille Dubois",
  "Priya Patel",
  "ليلى حداد",
  "Elif Kaya",
  "Marco Bianchi",
  "Hannah Lewis",
  "Pieter van Dam",
  "נועה כהן",
  "Owen Hughes",
  "Léa Moreau",
  "Katharina Weber",
  "Zoe Walker",
];

/** The customer of a visit: after as many visits as there are names, the first comes again. */
export function customerOf(seed: number, visit: number): Customer {
  const i = visit % NAMES.length;
  return { id: `practice ${seed} ${i}`, name: NAMES[i] ?? "" };
}

/** What of an event says who it is from. @param at epoch ms */
export function eventOf(customer: Customer, externalId: string, at: number) {
  const identities = [{ kind: "external", value: customer.id, verified: true }];
  return { externalId, occurredAt: at, identities };
}

/** A message of theirs. */
export function messageOf(
  customer: Customer,
  externalId: string,
  { at, text, file }: {
    readonly at: number;
    readonly text: string;
    readonly file?: JsonEvent | null;
  },
): JsonEvent {
  const { identities, ...known } = eventOf(customer, externalId, at);
  return {
    type: "message",
    ...known,
    direction: "in",
    sender: { identities, name: customer.name },
    hints: [{ by: "thread", threadKey: customer.id, how: "the customer’s chat" }],
    parts: [
      ...text === "" ? [] : [{ kind: "text", text }],
      ...file === undefined || file === null ? [] : [file],
    ],
  };
}

/** That they are writing now. */
export function typingOf(customer: Customer, externalId: string, at: number): JsonEvent {
  return { type: "typing", externalId, occurredAt: at, threadKey: customer.id };
}

/** A delivery's body. */
export function bodyOf(...events: readonly JsonEvent[]): string {
  return JSON.stringify({ events });
}
