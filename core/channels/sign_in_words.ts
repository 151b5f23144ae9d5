import type { AccessError } from "../channel/mod.ts";

/** What a channel says that nobody has signed in yet. */
export function signInFirst(provider: string): AccessError {
  return { code: "unauthorized", message: `Sign in with ${provider} to connect this channel.` };
}

/** What a channel says whose sign-in ended. */
export function signInAgain(provider: string): AccessError {
  const message = `${provider} no longer accepts the sign-in of this channel. Sign in again.`;
  return { code: "unauthorized", message };
}
