import { clip } from "../clip.ts";
import { SYSTEM } from "../model/change.ts";
import type { Contact, Identity } from "../model/contact.ts";
import type { TraceStep } from "../model/message.ts";
import type { Ids } from "../ports.ts";
import { keys, storedBytes, type Tx } from "../store/mod.ts";
import { matchContact, normalizeIdentity } from "./match.ts";
import { MAX_NAME } from "./provider_name.ts";

/** Who wrote, whether they are new, and how they were recognised. */
export interface ResolvedContact {
  readonly contact: Contact;
  readonly isNew: boolean;
  readonly trace: TraceStep;
}

/**
 * Finds the sender's contact within a commit, or makes it. Identities nobody holds yet are added to the contact found
 * if they were proven: anybody can claim another address.
 */
export async function resolveContact(
  tx: Tx,
  sender: { readonly identities: readonly Identity[]; readonly name?: string | undefined },
  ids: Ids,
): Promise<ResolvedContact> {
  const identities = distinct(sender.identities.map(normalizeIdentity));
  const holders = await Promise.all(
    identities.map((one) => tx.read(keys.identity(one.kind, one.value))),
  );
  const match = matchContact(identities, holders);
  const name = clip((sender.name ?? "").trim(), MAX_NAME);
  const free = identities.filter((_, i) => holders[i] === null);

  if (match.kind === "known") {
    const found = await tx.read(keys.contact(match.contactId));
    if (found === null) {
      throw new Error(`Cannot read contact "${match.contactId}": an identity points to nothing`);
    }
    const trace = { step: "contact_matched", detail: `Known by ${describe(match.by)}` };
    const added = free.filter((one) => one.verified);
    const isNamed = found.name !== "" || name === "";
    if (added.length === 0 && isNamed) {
      // Checked: a merge, which leads it elsewhere, either comes before this commit or sees what this one makes.
      await tx.get(keys.identity(match.by.kind, match.by.value));
      return { contact: found, isNew: false, trace };
    }
    // Checked only now: most messages change nothing about their sender. It stands for the identity too: a merge
    // rewrites both, and a commit has room for few checks.
    const current = await tx.get(keys.contact(found.id)) ?? found;
    const contact = withIdentities(
      { ...current, name: current.name || name, updatedAt: tx.now },
      added,
    );
    added.forEach((one) => tx.insert(keys.identity(one.kind, one.value), contact.id));
    tx.set(keys.contact(contact.id), contact);
    tx.emit({ type: "contact.updated", actor: SYSTEM, contactId: contact.id });
    return { contact, isNew: false, trace };
  }

  const contact = withIdentities({
    id: ids.next("con"),
    name,
    emails: [],
    phones: [],
    identities: [],
    blocked: false,
    createdAt: tx.now,
    updatedAt: tx.now,
  }, identities);
  identities.forEach((one) => tx.insert(keys.identity(one.kind, one.value), contact.id));
  // Not checked: the id is fresh, and of two who make the same person one loses an identity.
  tx.set(keys.contact(contact.id), contact);
  tx.emit({ type: "contact.created", actor: SYSTEM, contactId: contact.id });
  const first = identities[0];
  const detail = first === undefined ? "Nobody known" : `Nobody was known by ${describe(first)}`;
  return { contact, isNew: true, trace: { step: "contact_created", detail } };
}

/** A contact full of identities keeps those it has; new ones still lead to it. */
export const MAX_CONTACT_BYTES = 48 * 1024;

function withIdentities(contact: Contact, added: readonly Identity[]): Contact {
  const values = (kind: string) => added.filter((one) => one.kind === kind).map((one) => one.value);
  const full = {
    ...contact,
    identities: [...contact.identities, ...added],
    emails: [...new Set([...contact.emails, ...values("email")])],
    phones: [...new Set([...contact.phones, ...values("phone")])],
  };
  return storedBytes(full) > MAX_CONTACT_BYTES ? contact : full;
}

function distinct(identities: readonly Identity[]): readonly Identity[] {
  return [...new Map(identities.map((one) => [`${one.kind}:${one.value}`, one])).values()];
}

function describe(identity: Identity): string {
  return identity.kind === "visitor" ? "their browser" : `${identity.kind} ${identity.value}`;
}

/** What to call a contact on screen: name, else address, else "Visitor". */
export function displayName(contact: Pick<Contact, "name" | "emails" | "phones">): string {
  return contact.name || contact.emails[0] || contact.phones[0] || "Visitor";
}
