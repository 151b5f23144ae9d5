import type { AnyAdapter } from "../channel/mod.ts";
import type { Channel } from "../model/channel.ts";
import { keys, type OAuthTokenRecord, type Store } from "../store/mod.ts";

/** How a channel is signed in at its provider. */
export interface ChannelSignIn {
  /** The provider, as people know it: "Google". */
  readonly with: string;
  /** The account's address; null when nobody is signed in, or the provider does not tell. */
  readonly account: string | null;
  /** Somebody has to sign in before the channel works. */
  readonly isNeeded: boolean;
}

/** Null for a channel that does not sign in by OAuth. */
export async function channelSignIn(
  store: Pick<Store, "get">,
  adapter: AnyAdapter | undefined,
  { id, appId, config }: Channel,
): Promise<ChannelSignIn | null> {
  if (appId === undefined || adapter?.oauth?.isUsed(config) !== true) return null;
  const app = await store.get(keys.app(appId));
  const kind = adapter.apps?.find((one) => one.id === app?.adapter);
  const token = await store.get(keys.oauthToken(id));
  return {
    with: kind?.label ?? "its app",
    account: token?.appId === appId ? token.account : null,
    isNeeded: !holdsSignIn(token, appId),
  };
}

/** Whether a channel is signed in with its app, as far as we know. */
export function holdsSignIn(token: OAuthTokenRecord | null, appId: string | undefined): boolean {
  return token !== null && token.appId === appId && token.lostAt === null;
}
