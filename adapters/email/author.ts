import type { MessageEvent } from "../../core/channel/mod.ts";
import { addressesIn, type NamedAddress, sameAddress } from "./mail_addresses.ts";
import type { HeaderField } from "./mime/mod.ts";
import { fieldValues } from "./mime/mod.ts";

export interface Author {
  readonly from: NamedAddress | null;
  readonly replyTo: readonly NamedAddress[];
  readonly sender: MessageEvent["sender"];
  /** The mail carries the channel's own address as its sender and names nobody else. */
  readonly isOwnAddress: boolean;
  readonly note: string | null;
}

/**
 * Who wrote a mail. Usually Reply-To, which contact forms and ticket systems set to the real person; From for lists
 * and machines, whose Reply-To leads elsewhere. Nothing here proves who it was.
 * @param options.envelopeFrom the sender the mail server was told, when it says so
 */
export function authorOf(
  fields: readonly HeaderField[],
  options: {
    readonly ownAddress: string;
    readonly envelopeFrom: string | null;
    readonly isFromMachine: boolean;
    readonly externalId: string;
  },
): Author {
  const { ownAddress, envelopeFrom, isFromMachine, externalId } = options;
  const from = addressesIn(fieldValues(fields, "from"))[0] ?? null;
  const replyTo = addressesIn(fieldValues(fields, "reply-to"));
  const others = replyTo.filter(({ address }) => !isOwn(address, ownAddress));
  const answerTo = from === null
    ? others[0]
    : others.find(({ address }) => sameAddress(address, from.address)) ?? others[0];
  const original = isFromMachine
    ? addressesIn([
      ...fieldValues(fields, "x-original-from"),
      ...fieldValues(fields, "x-original-sender"),
    ])[0]
    : answerTo;
  const person = original ?? from;
  if (person !== null) {
    const isOwnAddress = isOwn(person.address, ownAddress);
    const name = person.name || (from && sameAddress(from.address, person.address) && from.name);
    const note = from !== null && !sameAddress(person.address, from.address)
      ? "Answers go to another address than the sender's"
      : null;
    return { from, replyTo, sender: identified(person.address, name || ""), isOwnAddress, note };
  }
  const fallback = addressesIn([
    ...fieldValues(fields, "sender"),
    ...fieldValues(fields, "return-path"),
    ...envelopeFrom === null ? [] : [envelopeFrom],
  ])[0];
  if (fallback !== undefined) {
    const sender = identified(fallback.address, fallback.name);
    const isOwnAddress = isOwn(fallback.address, ownAddress);
    const note = "No From header: taken from the envelope";
    return { from: null, replyTo, sender, isOwnAddress, note };
  }
  // Known by this mail alone, so that senders nobody knows are not taken for one and the same person.
  const unknown = { kind: "mail", value: externalId, verified: false };
  return {
    from: null,
    replyTo,
    sender: { identities: [unknown], name: "Unknown sender" },
    isOwnAddress: false,
    note: "No sender: this mail cannot be answered",
  };
}

function identified(address: string, name: string): MessageEvent["sender"] {
  const identity = { kind: "email", value: address.toLowerCase(), verified: false };
  return name === "" ? { identities: [identity] } : { identities: [identity], name };
}

/** The mailbox itself, with or without a reply code. */
function isOwn(address: string, ownAddress: string): boolean {
  const plain = address.toLowerCase().replace(/\+[^@]*@/, "@");
  return plain === ownAddress || address.toLowerCase() === ownAddress;
}
