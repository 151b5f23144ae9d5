/** What is known of a contact, changed: seen at once, taken back when it is refused, and by Undo. */
import type { ApiContact } from "../../../../core/model/api.ts";
import type { ApiContactPatch } from "../../../../core/model/api_inputs.ts";
import { fail } from "../fail.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** What of a contact is changed here. */
export type ContactChange = Pick<
  ApiContactPatch,
  "blocked" | "company" | "emails" | "locale" | "name" | "ownerId" | "phones" | "timeZone"
>;

/** @returns whether it is done; when not, why was said */
export async function updateContact(
  model: WorkspaceModel,
  contact: ApiContact,
  change: ContactChange,
  words: string,
): Promise<boolean> {
  const { api } = model.ports;
  model.threads.takeContact(withChange(contact, change));
  const answer = await api.updateContact(contact.id, change);
  if (!answer.ok) {
    model.threads.takeContact(contact);
    fail(model, "Not changed", answer.error);
    return false;
  }
  model.threads.takeContact(answer.value);
  const back = changeBack(contact, change);
  model.toasts.show({
    text: words,
    isUndo: true,
    action: {
      label: "Undo",
      run: async () => {
        const undone = await api.updateContact(contact.id, back);
        if (undone.ok) model.threads.takeContact(undone.value);
        else fail(model, "Not changed back", undone.error);
      },
    },
  });
  return true;
}

/** The contact as it will be. Pure. */
export function withChange(contact: ApiContact, change: ContactChange): ApiContact {
  const { company, ownerId, locale, timeZone, ...rest } = contact;
  const { name, emails, phones, blocked } = change;
  const word = (given: string | null | undefined, before: string | undefined) =>
    given === undefined ? before : given || undefined;
  const words = {
    company: word(change.company, company),
    ownerId: word(change.ownerId, ownerId),
    locale: word(change.locale, locale),
    timeZone: word(change.timeZone, timeZone),
  };
  return {
    ...rest,
    name: name ?? contact.name,
    emails: emails ?? contact.emails,
    phones: phones ?? contact.phones,
    blocked: blocked ?? contact.blocked,
    ...(words.company !== undefined && { company: words.company }),
    ...(words.ownerId !== undefined && { ownerId: words.ownerId }),
    ...(words.locale !== undefined && { locale: words.locale }),
    ...(words.timeZone !== undefined && { timeZone: words.timeZone }),
  };
}

/** What brings a contact back to what it was, of what a change named. Pure. */
export function changeBack(before: ApiContact, change: ContactChange): ContactChange {
  return {
    // A contact that had no name cannot be given none: what it was called by is an address then.
    ...(change.name !== undefined && before.name !== "" && { name: before.name }),
    ...(change.emails !== undefined && { emails: before.emails }),
    ...(change.phones !== undefined && { phones: before.phones }),
    ...(change.blocked !== undefined && { blocked: before.blocked }),
    ...(change.company !== undefined && { company: before.company ?? null }),
    ...(change.ownerId !== undefined && { ownerId: before.ownerId ?? null }),
    ...(change.locale !== undefined && { locale: before.locale ?? null }),
    ...(change.timeZone !== undefined && { timeZone: before.timeZone ?? null }),
  };
}
