import type { Io } from "../channel/mod.ts";
import { equalText } from "../constant_time.ts";
import { macTag } from "../encoding.ts";
import type { Store } from "../store/mod.ts";

/** Signatures of short texts that hold for one channel. */
export function channelTags(
  { vault }: Pick<Store, "vault">,
  channelId: string,
): Pick<Io, "signTag" | "verifyTag"> {
  const purpose = `channel tag ${channelId}`;
  return {
    signTag: async (text) => macTag(await vault.mac(purpose, text)),
    async verifyTag(text, tag) {
      const macs = await vault.macs(purpose, text);
      return macs.some((mac) => equalText(macTag(mac), tag.toLowerCase()));
    },
  };
}
