import type { Channel } from "../model/channel.ts";

/** Which settings a channel was polled with: another hash means that somebody changed them. */
export async function pollHash({ config, secrets }: Channel): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([config, secrets]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
