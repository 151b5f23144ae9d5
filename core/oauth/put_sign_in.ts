import type { CoreContext } from "../context.ts";
import { keys, transact } from "../store/mod.ts";
import { mendChannel } from "./mend_channel.ts";
import { sealTokens } from "./sealed_tokens.ts";
import type { Tokens } from "./token_answer.ts";

/** Who signed a channel in. */
export interface NewSignIn {
  readonly channelId: string;
  readonly appId: string;
  readonly account: string | null;
  readonly tokens: Tokens;
}

/**
 * Stores a sign-in and mends its channel, in one commit: what waited for it goes on.
 * @returns whether it is the channel's first with this app; null when the channel is gone or names another by now
 */
export async function putSignIn(
  { store }: Pick<CoreContext, "store">,
  { channelId, appId, account, tokens }: NewSignIn,
): Promise<{ readonly isFirst: boolean } | null> {
  return await transact(store, async (tx) => {
    const channel = await tx.get(keys.channel(channelId));
    if (channel?.appId !== appId) return null;
    const before = await tx.get(keys.oauthToken(channelId));
    const isSame = before !== null && before.appId === appId && before.account === account;
    const old = before === null
      ? null
      : { version: before.version, refreshToken: isSame ? before.refreshToken : null };
    const sealed = await sealTokens(store.vault, tokens, tx.now, old);
    tx.set(keys.oauthToken(channelId), { appId, account, ...sealed });
    mendChannel(tx, channel);
    return { isFirst: before?.appId !== appId };
  });
}
