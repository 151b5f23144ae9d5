/**
 * The people who write to us: found by their identities, made when unknown. Knows nothing of channels' kinds.
 * Ingest asks {@link resolveContact} inside its commit; the screens and the API use {@link createContacts}.
 * @module
 */
export { holdReason, withBadEmail, withoutBadEmail } from "./bad_emails.ts";
export { type ConsentNews, optedOutAt, withConsent } from "./consents.ts";
export type { ContactInput, ContactPatch } from "./contact_input.ts";
export {
  type ContactNoteInput,
  type ContactNotePage,
  type ContactNotes,
  createContactNotes,
} from "./contact_notes.ts";
export { type ContactPage, type ContactQuery, type Contacts, createContacts } from "./contacts.ts";
export { type IdentityChange, identityChange, withNewIdentity } from "./identity_change.ts";
export { type ContactMatch, matchContact, normalizeIdentity } from "./match.ts";
export { createContactMerger, MERGE_CONTACT_JOB } from "./merge_contacts.ts";
export { withProviderName } from "./provider_name.ts";
export { createRenamer, putRenamed, RENAME_JOB } from "./rename.ts";
export { displayName, resolveContact, type ResolvedContact } from "./resolve.ts";
