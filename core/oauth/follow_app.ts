import { holdsSignIn } from "../channels/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { mendChannel } from "./mend_channel.ts";

/** The handler of the job that follows a change of an app: its channels are tried again, such as with a new secret. */
export function createAppFollower(store: Store): JobHandler {
  return async function followApp({ payload }) {
    for await (const { value } of store.list(keys.channels())) {
      if (value.appId === payload.appId) await tryAgain(value.id);
    }
  };

  async function tryAgain(channelId: string): Promise<void> {
    await transact(store, async (tx) => {
      const channel = await tx.get(keys.channel(channelId));
      const token = await tx.read(keys.oauthToken(channelId));
      // One that nobody signed in says so as before.
      if (channel !== null && holdsSignIn(token, channel.appId)) mendChannel(tx, channel);
    }, { queue: channelId });
  }
}
