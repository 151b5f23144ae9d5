/**
 * Who may do what: users, sessions, roles, invitations, password resets and API tokens. It knows nothing of HTTP,
 * cookies or pages, and nothing of conversations.
 *
 * One flow: `signIn` → session token → `principalOfSession` → {@link Principal} → `can(principal, action, scope)`,
 * asked by every list, stream, count, attachment and command of the core. Tokens are stored as hashes; every change
 * of rights is announced in the log as `access.changed`, on which open streams end.
 * @module
 */
export { type Access, type AccessOptions, createAccess, type LinkInfo } from "./access.ts";
export { announceAccess } from "./announce_access.ts";
export type { ApiToken } from "./api_tokens.ts";
export { type Action, can, mayChangeRole, type Scope } from "./can.ts";
export { EmailInput, normalizeEmail } from "./email_address.ts";
export { InboxCache } from "./inbox_cache.ts";
export { readMembers, readWorkplaces } from "./inbox_members.ts";
export type {
  AcceptInput,
  ApiTokenInput,
  InvitationInput,
  PasswordChange,
  ProfilePatch,
  SetUpInput,
  SignInInput,
  UserInput,
  UserPatch,
} from "./inputs.ts";
export { nameInput } from "./inputs.ts";
export type { Invitation } from "./invitations.ts";
export { parseInput } from "./parse_input.ts";
export { Passwords } from "./passwords.ts";
export { actorOf, type Principal, roleOf } from "./principal.ts";
export { addressSubject } from "./rate_limit.ts";
export { type RateBucket, RateLimiter } from "./rate_limiter.ts";
export { hashToken, newSecretToken } from "./secret_token.ts";
export { principalOfUser } from "./user_principal.ts";
export { SESSION_MS } from "./sessions.ts";
export type { SignedIn } from "./set_up.ts";
export { ACCESS_QUEUE, takeTurn } from "./take_turn.ts";
