/** Whom a reply goes to, as the composer edits it. Pure. */
import type { ApiReplyDefaults } from "../../../core/model/api.ts";

export type Person = ApiReplyDefaults["to"][number];
export type AddressLine = "to" | "cc" | "bcc";
export type Recipients = Readonly<Record<AddressLine, readonly Person[]>>;

export function everybody({ to, cc }: ApiReplyDefaults): Recipients {
  return { to, cc, bcc: [] };
}

export function onlySender({ sender }: ApiReplyDefaults): Recipients {
  return { to: sender, cc: [], bcc: [] };
}

/** Whether a reply to these people leaves out nobody but the sender's company. */
export function isOnlySender(recipients: Recipients, { sender }: ApiReplyDefaults): boolean {
  return recipients.cc.length + recipients.bcc.length === 0 &&
    recipients.to.length === sender.length &&
    recipients.to.every((one) => has(sender, one));
}

/** Adds people to one line: whoever is there already stays once, whoever was on another line moves. */
export function withPeople(
  recipients: Recipients,
  line: AddressLine,
  people: readonly Person[],
): Recipients {
  const fresh: Person[] = [];
  for (const one of people) {
    if (!has([...recipients[line], ...fresh], one)) fresh.push(one);
  }
  const others = (name: AddressLine) => recipients[name].filter((one) => !has(fresh, one));
  return {
    to: others("to"),
    cc: others("cc"),
    bcc: others("bcc"),
    [line]: [...recipients[line], ...fresh],
  };
}

export function withoutPerson(
  recipients: Recipients,
  line: AddressLine,
  person: Person,
): Recipients {
  return { ...recipients, [line]: recipients[line].filter((one) => !isSame(one, person)) };
}

/** What somebody typed or pasted: the addresses in it, and the piece that is none yet. */
export function parseTyped(text: string): {
  readonly people: readonly Person[];
  readonly rest: string;
} {
  const people: Person[] = [];
  const rest: string[] = [];
  // "Rossi, Mario <mario@x.example>" has its comma in quotes where mail programs write it.
  for (const piece of text.match(/(?:"[^"]*"|[^,;\n"])+/g) ?? []) {
    const person = parseAddress(piece.trim());
    if (person !== null) people.push(person);
    else if (piece.trim() !== "") rest.push(piece.trim());
  }
  return { people, rest: rest.join(", ") };
}

function parseAddress(text: string): Person | null {
  const [, name = "", bracketed] = /^(.*?)\s*<([^<>]*)>$/.exec(text) ?? [];
  const address = (bracketed ?? text).trim();
  if (address.length > 254 || !/^[^\s@<>,;"]+@[^\s@<>,;".]+(?:\.[^\s@<>,;".]+)+$/.test(address)) {
    return null;
  }
  return { name: name.replaceAll('"', "").trim(), address };
}

export function has(people: readonly Person[], person: Person): boolean {
  return people.some((one) => isSame(one, person));
}

function isSame(a: Person, b: Person): boolean {
  return a.address.toLowerCase() === b.address.toLowerCase();
}
