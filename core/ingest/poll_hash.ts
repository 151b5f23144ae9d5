import type { Channel } from "../model/channel.ts";

/** Which settings a channel was polled with: another hash means that somebody changed them, or signed it in anew. */
export async function pollHash({ config, secrets, appId, signedInAt }: Channel): Promise<string> {
  const signIn = signedInAt === undefined ? [] : [appId, signedInAt];
  const bytes = new TextEncoder().encode(JSON.stringify([config, secrets, ...signIn]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
