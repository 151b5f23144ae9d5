import { actorOf, can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Contact } from "../model/contact.ts";
import { err, ok, type Result } from "../result.ts";
import { BadCursorError, keys, transact } from "../store/mod.ts";
import { findContacts } from "./find_contacts.ts";
import { MAX_NAME } from "./provider_name.ts";
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
/** What may be changed about a contact; absent fields stay. */
export interface ContactPatch {
  readonly name?: string | undefined;
  readonly blocked?: boolean | undefined;
  /** Addresses that stay marked as bad; the others are lifted. */
  readonly badEmails?: readonly string[] | undefined;
  /** Addresses whose remote images are always shown. */
  readonly imagesFrom?: readonly string[] | undefined;
}

/** The people who write to the team. */
export interface Contacts {
  list(principal: Principal, query: ContactQuery): Promise<Result<ContactPage, CoreError>>;
  get(principal: Principal, id: string): Promise<Result<Contact, CoreError>>;
  update(
    principal: Principal,
    id: string,
    patch: ContactPatch,
  ): Promise<Result<Contact, CoreError>>;
}

/** Contacts over the store. */
export function createContacts({ store }: CoreContext): Contacts {
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
      const contact = can(principal, "contact.read") ? await store.get(keys.contact(id)) : null;
      return contact === null ? err(notFound("contact")) : ok(contact);
    },

    async update(principal, id, patch) {
      if (!can(principal, "contact.write")) return err({ code: "forbidden" });
      const name = patch.name?.trim();
      if (name !== undefined && name.length > MAX_NAME) {
        return err(invalid("name", `is over ${MAX_NAME} characters`));
      }
      return await transact<Result<Contact, CoreError>>(store, async (tx) => {
        const before = await tx.get(keys.contact(id));
        if (before === null) return err(notFound("contact"));
        const after: Contact = {
          ...before,
          name: name ?? before.name,
          ...name === undefined || name === before.name ? {} : { isNamedByTeam: true as const },
          blocked: patch.blocked ?? before.blocked,
          ...patch.badEmails === undefined ? {} : {
            badEmails: (before.badEmails ?? []).filter(({ address }) =>
              patch.badEmails?.includes(address)
            ),
          },
          ...patch.imagesFrom === undefined ? {} : {
            imagesFrom: [...new Set(patch.imagesFrom.map((address) => address.toLowerCase()))],
          },
          updatedAt: tx.now,
        };
        putRenamed(tx, before, after);
        tx.emit({
          type: "contact.updated",
          actor: actorOf(principal),
          contactId: id,
          changed: Object.keys(patch),
        });
        return ok(after);
      });
    },
  };
}
