/**
 * The people who write to us: found by their identities, made when unknown. Knows nothing of channels' kinds.
 * Ingest asks {@link resolveContact} inside its commit; the screens and the API use {@link createContacts}.
 * @module
 */
export { holdReason, withBadEmail, withoutBadEmail } from "./bad_emails.ts";
export { type ConsentNews, optedOutAt, withConsent } from "./consents.ts";
export {
  type ContactPage,
  type ContactPatch,
  type ContactQuery,
  type Contacts,
  createContacts,
  RENAME_JOB,
} from "./contacts.ts";
export { createRenamer } from "./rename.ts";
export { type ContactMatch, matchContact } from "./match.ts";
export { displayName, resolveContact, type ResolvedContact } from "./resolve.ts";
