import type { Channel } from "../model/channel.ts";

/** Which settings a channel was polled with: another hash means that somebody changed them, or what it signs in with. */
export async function pollHash(
  { config, secrets, appId, credentialsAt }: Channel,
): Promise<string> {
  const signIn = credentialsAt === undefined ? [] : [appId, credentialsAt];
  const bytes = new TextEncoder().encode(JSON.stringify([config, secrets, ...signIn]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
