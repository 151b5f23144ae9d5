import type { AnyAdapter, AnyAppKind } from "../channel/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Tx } from "../store/mod.ts";
import { holdsSignIn } from "./channel_sign_in.ts";
import { signInFirst } from "./sign_in_words.ts";

/**
 * Whether a channel may name the app it names, or must name one.
 * @returns the kind of app it signs in with; null when it does not sign in
 */
export async function checkApp(
  tx: Pick<Tx, "read">,
  adapter: AnyAdapter,
  { appId, config }: Pick<Channel, "appId" | "config">,
): Promise<Result<AnyAppKind | null, CoreError>> {
  const signsIn = adapter.oauth?.isUsed(config) === true;
  if (appId === undefined) {
    if (adapter.needsApp === true) return err(invalid("appId", "is needed"));
    return signsIn ? err(invalid("appId", "is needed to sign in with it")) : ok(null);
  }
  const app = await tx.read(keys.app(appId));
  if (app === null) return err(invalid("appId", "is not an app"));
  const kind = adapter.apps?.find(({ id }) => id === app.adapter);
  if (kind === undefined || (signsIn && kind.oauth === undefined)) {
    return err(invalid("appId", "is not an app for this kind of channel"));
  }
  return ok(signsIn ? kind : null);
}

/** The channel after a change, broken when its settings want a sign-in that nobody has made. */
export async function withSignIn(
  tx: Pick<Tx, "read">,
  adapter: AnyAdapter | undefined,
  channel: Channel,
): Promise<Result<Channel, CoreError>> {
  if (adapter === undefined) return ok(channel);
  const kind = await checkApp(tx, adapter, channel);
  if (!kind.ok) return kind;
  const token = await tx.read(keys.oauthToken(channel.id));
  if (kind.value === null || channel.status !== "ready" || holdsSignIn(token, channel.appId)) {
    return ok(channel);
  }
  return ok({ ...channel, status: "error", error: signInFirst(kind.value.label).message });
}
