import { z } from "zod";
import { actorOf, can, parseInput, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Contact } from "../model/contact.ts";
import type { ContactNote } from "../model/contact_note.ts";
import { err, ok, type Result } from "../result.ts";
import { BadCursorError, keys, transact, type Tx } from "../store/mod.ts";

const MAX_NOTE_BYTES = 10 * 1024;
/** Of a contact: they go with it, in one commit. */
export const MAX_NOTES = 200;

const ContactNoteInput = z.object({
  text: z.string().transform((text) => text.replaceAll("\r\n", "\n").trim()).pipe(
    z.string().min(1, "is needed").refine(
      (text) => new TextEncoder().encode(text).length <= MAX_NOTE_BYTES,
      "takes 10 KB at most",
    ),
  ),
});
/** What a note says. */
export type ContactNoteInput = z.input<typeof ContactNoteInput>;

/** Notes, newest first, and where to go on. */
export interface ContactNotePage {
  readonly items: readonly ContactNote[];
  readonly next: string | null;
}

/** What the team writes down about a contact. Everybody reads them; a note is changed by who wrote it, or who manages the workspace. */
export interface ContactNotes {
  /** Errors: not_found, invalid for a cursor that is none. */
  list(
    principal: Principal,
    contactId: string,
    query?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  ): Promise<Result<ContactNotePage, CoreError>>;
  /** Errors: invalid, forbidden, not_found, conflict where there are {@link MAX_NOTES}. */
  add(
    principal: Principal,
    contactId: string,
    input: ContactNoteInput,
    options?: Once,
  ): Promise<Result<ContactNote, CoreError>>;
  /** Errors: invalid, forbidden for another's, not_found. */
  update(
    principal: Principal,
    contactId: string,
    id: string,
    input: ContactNoteInput,
  ): Promise<Result<ContactNote, CoreError>>;
  /** Errors: forbidden for another's, not_found. */
  remove(principal: Principal, contactId: string, id: string): Promise<Result<null, CoreError>>;
}

/** Notes over the store. Each change also writes the contact, so that none outlives it. */
export function createContactNotes(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
): ContactNotes {
  function put(tx: Tx, principal: Principal, contact: Contact, change: number): void {
    const { noteCount: before = 0, ...rest } = contact;
    const noteCount = before + change;
    tx.set(keys.contact(contact.id), {
      ...rest,
      ...noteCount > 0 ? { noteCount } : {},
      updatedAt: tx.now,
    });
    tx.emit({
      type: "contact.updated",
      actor: actorOf(principal),
      contactId: contact.id,
      changed: ["notes"],
    });
  }

  return {
    async list(principal, contactId, { limit = 50, cursor } = {}) {
      if (!can(principal, "contact.read")) return err({ code: "forbidden" });
      if (await store.get(keys.contact(contactId)) === null) return err(notFound("contact"));
      try {
        const page = await store.listPage(keys.contactNotes(contactId), {
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

    async add(principal, contactId, input, options = {}) {
      if (!can(principal, "contact.write")) return err({ code: "forbidden" });
      const parsed = parseInput(ContactNoteInput, input);
      if (!parsed.ok) return parsed;
      const { id: authorId, name: authorName } = actorOf(principal);
      return await transact(store, (tx) =>
        once<ContactNote>(tx, options, async () => {
          const contact = await tx.get(keys.contact(contactId));
          if (contact === null) return err(notFound("contact"));
          if ((contact.noteCount ?? 0) >= MAX_NOTES) {
            return err({ code: "conflict", message: `There are ${MAX_NOTES} notes already` });
          }
          const note: ContactNote = {
            id: ports.ids.next("not"),
            contactId,
            text: parsed.value.text,
            authorId: principal.type === "user" ? authorId : null,
            authorName,
            createdAt: tx.now,
            updatedAt: tx.now,
          };
          tx.set(keys.contactNote(contactId, note.id), note);
          put(tx, principal, contact, 1);
          return ok(note);
        }));
    },

    async update(principal, contactId, id, input) {
      if (!can(principal, "contact.write")) return err({ code: "forbidden" });
      const parsed = parseInput(ContactNoteInput, input);
      if (!parsed.ok) return parsed;
      return await transact<Result<ContactNote, CoreError>>(store, async (tx) => {
        const contact = await tx.get(keys.contact(contactId));
        const before = await tx.get(keys.contactNote(contactId, id));
        if (contact === null || before === null) return err(notFound("note"));
        if (!mayChange(principal, before)) return err({ code: "forbidden" });
        const after: ContactNote = { ...before, text: parsed.value.text, updatedAt: tx.now };
        tx.set(keys.contactNote(contactId, id), after);
        put(tx, principal, contact, 0);
        return ok(after);
      });
    },

    async remove(principal, contactId, id) {
      if (!can(principal, "contact.write")) return err({ code: "forbidden" });
      return await transact<Result<null, CoreError>>(store, async (tx) => {
        const contact = await tx.get(keys.contact(contactId));
        const note = await tx.get(keys.contactNote(contactId, id));
        if (contact === null || note === null) return err(notFound("note"));
        if (!mayChange(principal, note)) return err({ code: "forbidden" });
        tx.delete(keys.contactNote(contactId, id));
        put(tx, principal, contact, -1);
        return ok(null);
      });
    },
  };
}

function mayChange(principal: Principal, note: ContactNote): boolean {
  const isOwn = principal.type === "user" && principal.user.id === note.authorId;
  return isOwn || can(principal, "workspace.manage");
}
