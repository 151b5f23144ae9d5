import { actorOf, can, parseInput, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Contact } from "../model/contact.ts";
import { err, ok, type Result } from "../result.ts";
import { BadCursorError, keys, transact, type Tx } from "../store/mod.ts";
import { ContactInput, ContactPatch } from "./contact_input.ts";
import { findContacts } from "./find_contacts.ts";
import { currentContactId, mergeContacts } from "./merge_contacts.ts";
import type { ChosenField } from "./merged_contact.ts";
import { putAddresses } from "./put_addresses.ts";
import { putRenamed } from "./rename.ts";

/** Which contacts to list. */
export interface ContactQuery {
  /** 1–100, default 50. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  /** A few letters of a name or an address: the best `limit` contacts, on one page. */
  readonly q?: string | undefined;
}
/** Contacts, newest first, and where to go on. */
export interface ContactPage {
  readonly items: readonly Contact[];
  readonly next: string | null;
}

/** The people who write to the team. */
export interface Contacts {
  list(principal: Principal, query: ContactQuery): Promise<Result<ContactPage, CoreError>>;
  get(principal: Principal, id: string): Promise<Result<Contact, CoreError>>;
  /** Errors: invalid, forbidden, conflict for an address that is somebody's. */
  create(
    principal: Principal,
    input: ContactInput,
    options?: Once,
  ): Promise<Result<Contact, CoreError>>;
  /** Errors: invalid, forbidden, not_found, conflict for an address that is somebody else's. */
  update(
    principal: Principal,
    id: string,
    patch: ContactPatch,
  ): Promise<Result<Contact, CoreError>>;
  /** See {@link mergeContacts}. `take`: fields of which `id` has the better one. */
  merge(
    principal: Principal,
    id: string,
    how: { readonly intoId: string; readonly take?: readonly ChosenField[] | undefined },
  ): Promise<Result<Contact, CoreError>>;
}

/** Contacts over the store. */
export function createContacts({ store, ports }: Pick<CoreContext, "store" | "ports">): Contacts {
  return {
    async list(principal, { limit = 50, cursor, q }) {
      if (!can(principal, "contact.read")) return err({ code: "forbidden" });
      if (q !== undefined) return ok({ items: await findContacts(store, q, limit), next: null });
      try {
        const page = await store.listPage(keys.contacts(), {
          limit: Math.min(Math.max(limit, 1), 100),
          reverse: true,
          ...cursor === undefined ? {} : { cursor },
        });
        return ok({ items: page.items.map(({ value }) => value), next: page.next });
      } catch (error) {
        if (error instanceof BadCursorError) {
          return err(invalid("cursor", "is not a cursor of this list"));
        }
        throw error;
      }
    },

    async get(principal, id) {
      if (!can(principal, "contact.read")) return err(notFound("contact"));
      const current = await currentContactId((key) => store.get(key), id);
      const contact = await store.get(keys.contact(current));
      return contact === null ? err(notFound("contact")) : ok(contact);
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "contact.write")) return err({ code: "forbidden" });
      const parsed = parseInput(ContactInput, input);
      if (!parsed.ok) return parsed;
      return await transact(store, (tx) =>
        once<Contact>(tx, options, async () => {
          const nobody: Contact = {
            id: ports.ids.next("con"),
            name: "",
            emails: [],
            phones: [],
            identities: [],
            blocked: false,
            createdAt: tx.now,
            updatedAt: tx.now,
          };
          const changed = await changedBy(tx, nobody, parsed.value);
          if (!changed.ok) return changed;
          tx.set(keys.contact(nobody.id), changed.value);
          tx.emit({
            type: "contact.created",
            actor: actorOf(principal),
            contactId: nobody.id,
          });
          return changed;
        }));
    },

    async update(principal, id, patch) {
      if (!can(principal, "contact.write")) return err({ code: "forbidden" });
      const parsed = parseInput(ContactPatch, patch);
      if (!parsed.ok) return parsed;
      return await transact<Result<Contact, CoreError>>(store, async (tx) => {
        const current = await currentContactId((key) => tx.get(key), id);
        const before = await tx.get(keys.contact(current));
        if (before === null) return err(notFound("contact"));
        const changed = await changedBy(tx, before, parsed.value);
        if (!changed.ok) return changed;
        putRenamed(tx, before, changed.value);
        tx.emit({
          type: "contact.updated",
          actor: actorOf(principal),
          contactId: current,
          changed: Object.keys(patch),
        });
        return changed;
      });
    },

    merge: (principal, id, { intoId, take = [] }) =>
      mergeContacts(store, principal, id, { intoId, take }),
  };
}

/** The contact with what a checked patch says; its new addresses lead to it, the record is not written. */
async function changedBy(
  tx: Tx,
  before: Contact,
  { emails, phones, company, ownerId, locale, timeZone, ...patch }: ContactPatch,
): Promise<Result<Contact, CoreError>> {
  if (ownerId) {
    const owner = await tx.read(keys.user(ownerId));
    if (owner === null || !owner.active) return err(invalid("ownerId", "is no colleague"));
  }
  const addressed = emails === undefined && phones === undefined
    ? ok(before)
    : await putAddresses(tx, before, { emails, phones });
  if (!addressed.ok) return addressed;
  const { name = before.name, blocked = before.blocked, badEmails, imagesFrom } = patch;
  const after: Contact = {
    ...addressed.value,
    name,
    ...name === before.name ? {} : { isNamedByTeam: true as const },
    blocked,
    ...badEmails === undefined ? {} : {
      badEmails: (addressed.value.badEmails ?? []).filter(({ address }) =>
        badEmails.includes(address)
      ),
    },
    ...imagesFrom === undefined ? {} : {
      imagesFrom: [...new Set(imagesFrom.map((address) => address.toLowerCase()))],
    },
    updatedAt: tx.now,
  };
  return ok(withWords(after, { company, ownerId, locale, timeZone }));
}

type Words = { -readonly [K in "company" | "locale" | "ownerId" | "timeZone"]?: string };

/** Absent words stay, null and empty ones go. */
function withWords(
  { company, ownerId, locale, timeZone, ...rest }: Contact,
  given: Readonly<Record<keyof Words, string | null | undefined>>,
): Contact {
  const before = { company, ownerId, locale, timeZone };
  const words: Words = {};
  for (const name of ["company", "ownerId", "locale", "timeZone"] as const) {
    const value = given[name] === undefined ? before[name] : given[name];
    if (value) words[name] = value;
  }
  return { ...rest, ...words };
}
