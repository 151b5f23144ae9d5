/**
 * Signing channels in at their providers by OAuth 2 (authorization code with PKCE), and keeping them signed in.
 * Knows providers only as the data of `channel/apps.ts`; tokens never leave the vault but for `io.accessToken`.
 *
 * One flow: `start` → the provider's page → `finish` at `/oauth/callback` → the token record and the mended channel
 * in one commit → `io.accessToken` before each connection, which asks for the next token in time.
 * A provider that takes a sign-in back makes the channel say so; the same flow mends it, and what waited goes on.
 * @module
 */
export { createAccessTokens } from "./access_tokens.ts";
export { createAppFollower } from "./follow_app.ts";
export { createResumer, RESUME_JOB } from "./resume.ts";
export {
  createSignIns,
  type FinishError,
  type FinishInput,
  type SignIns,
  type StartedSignIn,
} from "./sign_ins.ts";
