import type { Channel } from "../model/channel.ts";

/**
 * The first field that says where a channel's messages come from and differs; null when none does. Of an address that
 * came with its inbox these stay; all else about it is the team's to set.
 */
export function changedOrigin(before: Channel, config: Channel["config"]): string | null {
  const isSame = (name: string) =>
    JSON.stringify(before.config[name]) === JSON.stringify(config[name]);
  return ["address", "inbound"].find((name) => !isSame(name)) ?? null;
}
