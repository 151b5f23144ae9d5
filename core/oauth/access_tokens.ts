import { openApp } from "../apps/mod.ts";
import type { OAuthProvider } from "../channel/mod.ts";
import { type GetAccessToken, holdsSignIn, signInAgain, signInFirst } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, ok } from "../result.ts";
import { keys, type OAuthTokenRecord } from "../store/mod.ts";
import { openAccessToken } from "./sealed_tokens.ts";
import { createTokenRefresher } from "./token_refresher.ts";

/** A token is renewed so long before its end, or in the last half of a shorter life. */
const MARGIN_MS = 5 * 60_000;
/** A token that cannot be renewed is used up to so long before its end. */
const LAST_MS = 10_000;
/** How often one looks whether another process has the next token. */
const LOOK_MS = 250;

/**
 * The access tokens of channels that are signed in at a provider: good for some minutes at least, and another one than
 * the one that the provider did not take.
 */
export function createAccessTokens(context: CoreContext): GetAccessToken {
  const { store, ports } = context;
  const refresher = createTokenRefresher(context);

  return async function accessToken({ id, appId }, refused, signal) {
    let wasRenewed = false;
    while (true) {
      const record = await store.get(keys.oauthToken(id));
      const app = appId === undefined ? null : await openApp(context, appId);
      if (app === null) return err({ code: "config", message: "The channel names no app." });
      if (!app.ok) return err({ code: "config", message: `${app.error}.` });
      const { kind, config } = app.value;
      if (kind.oauth === undefined) {
        return err({ code: "config", message: `Nobody signs in with ${kind.label} here.` });
      }
      if (record === null || record.appId !== appId) return err(signInFirst(kind.label));
      if (!holdsSignIn(record, appId)) return err(signInAgain(kind.label));
      const token = await openAccessToken(store.vault, record);
      const now = ports.clock.now();
      const isGood = token !== null && token !== refused;
      // Whatever the provider gives now is what there is, however short it lives.
      if (isGood && (wasRenewed || record.expiresAt - now > marginOf(record))) return ok(token);
      if (wasRenewed) return err(signInAgain(kind.label));
      const isUsable = isGood && record.expiresAt - now > LAST_MS;

      const provider: OAuthProvider = kind.oauth(config);
      const done = await refresher.refresh(id, record.version, provider, kind.label);
      if (done.kind === "renewed") {
        wasRenewed = true;
        continue;
      }
      // The next one is asked for early: until then this one does.
      if (isUsable && (done.kind === "busy" || done.error.code === "unavailable")) {
        return ok(token);
      }
      if (done.kind === "failed") return err(done.error);
      if (!await pause(signal)) {
        return err({ code: "unavailable", message: "The sign-in is being renewed." });
      }
    }
  };

  /** @returns false when there is no time for it */
  async function pause(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const onAbort = () => resolve(false);
    const cancel = ports.alarm(ports.clock.now() + LOOK_MS, () => resolve(true));
    signal.addEventListener("abort", onAbort, { once: true });
    const isOver = await promise;
    cancel();
    signal.removeEventListener("abort", onAbort);
    return isOver;
  }
}

function marginOf({ obtainedAt, expiresAt }: OAuthTokenRecord): number {
  return Math.min(MARGIN_MS, (expiresAt - obtainedAt) / 2);
}
