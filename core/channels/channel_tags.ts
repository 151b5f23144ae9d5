import type { Io } from "../channel/mod.ts";
import { equalText } from "../constant_time.ts";
import type { Store } from "../store/mod.ts";

const TAG_BYTES = 10;

/** Signatures of short texts that hold for one channel. */
export function channelTags(
  { vault }: Pick<Store, "vault">,
  channelId: string,
): Pick<Io, "signTag" | "verifyTag"> {
  const purpose = `channel tag ${channelId}`;
  return {
    signTag: async (text) => tagOf(await vault.mac(purpose, text)),
    async verifyTag(text, tag) {
      const macs = await vault.macs(purpose, text);
      return macs.some((mac) => equalText(tagOf(mac), tag.toLowerCase()));
    },
  };
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** The first 80 bits of a MAC as 16 base32 characters: mail servers may change the case, so there is only one. */
function tagOf(mac: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let tag = "";
  for (const byte of mac.subarray(0, TAG_BYTES)) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) tag += ALPHABET[(value >> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return tag;
}
