import { actorOf, can, type Principal, RateLimiter } from "../access/mod.ts";
import type { SuggestIo, Suggestion } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { fetchText } from "./fetch_text.ts";
import type { IsOwnAddress } from "./own_addresses.ts";
import { allowedHosts } from "./reach.ts";
import { systemIo } from "./system_io.ts";

/** Each asks strangers' servers: more than anybody connects, less than what would bother them. */
const LIMIT = { max: 30, windowMs: 10 * 60 * 1_000 };
/** Lookups go on side by side; a page is waiting. */
const DEADLINE_MS = 10_000;
const MAX_LENGTH = 320;

/** Looks settings up for a channel that is to be connected. Errors: forbidden, invalid, unsupported, rate_limited. */
export type Suggest = (
  principal: Principal,
  input: { readonly type: string; readonly address: string },
  signal: AbortSignal,
) => Promise<Result<FoundSuggestion, CoreError>>;

/** What was found, and whether the address is one of a channel that is there. */
export type FoundSuggestion = Suggestion & { readonly isConnected: boolean };

/** The adapters' suggestions, with a way to the world that no address can abuse. */
export function createSuggest(
  context: CoreContext,
  ownAddresses: () => Promise<IsOwnAddress>,
): Suggest {
  const { store, ports, config, adapters } = context;
  const limiter = new RateLimiter(store);
  const reach = { allowPrivateHosts: allowedHosts(config), resolve: ports.resolve };

  return async (principal, { type, address }, signal) => {
    if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
    const adapter = adapters.get(type);
    if (adapter === undefined) return err({ code: "not_found", what: "channel type" });
    if (adapter.suggest === undefined) {
      return err({ code: "unsupported", message: "This kind of channel is set up by hand" });
    }
    if (address.length > MAX_LENGTH) return err(invalid("address", "is too long"));
    const subject = actorOf(principal).id ?? principal.type;
    const taken = await limiter.take([{ name: "channel_suggest", subject, ...LIMIT }]);
    if (!taken.ok) return taken;

    const late = new AbortController();
    const cancel = ports.alarm(ports.clock.now() + DEADLINE_MS, () => late.abort());
    const until = AbortSignal.any([signal, late.signal]);
    const io: SuggestIo = {
      signal: until,
      fetchText: (url) => fetchText({ ...ports, ...reach }, url, until),
      dns: ports.dns,
      providersUrl: config.providersUrl,
      ...systemIo(config),
    };
    try {
      const suggested = await adapter.suggest.suggest(address, io);
      if (!suggested.ok) return err(invalid("address", suggested.error));
      const isConnected = (await ownAddresses())(suggested.value.address);
      return ok({ ...suggested.value, isConnected });
    } finally {
      cancel();
    }
  };
}
