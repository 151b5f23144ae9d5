import { settingsChanged } from "../channels/mod.ts";
import type { Channel } from "../model/channel.ts";
import { keys, type Tx } from "../store/mod.ts";
import { RESUME_JOB } from "./resume.ts";

/** Gives a channel that can sign in a new try, in the commit of what lets it: what waited for that goes on. */
export function mendChannel(tx: Tx, channel: Channel): void {
  tx.set(keys.channel(channel.id), {
    ...channel,
    ...channel.status === "error" ? { status: "ready", error: null } : {},
    credentialsAt: tx.now,
    updatedAt: tx.now,
  });
  tx.emit(settingsChanged(channel));
  tx.job({ kind: RESUME_JOB, payload: { channelId: channel.id }, dueAt: tx.now });
}
