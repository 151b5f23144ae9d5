import { actorOf, can, type Principal, RateLimiter } from "../access/mod.ts";
import { adaptersOf, openApp } from "../apps/mod.ts";
import type { AccountsPort, FoundAccount } from "../channel/mod.ts";
import { appIo, type Channels, type ChannelWithSecrets } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";

/** What is looked for, and with what: a secret that was typed in, or the ticket that a search with it gave. */
export interface AccountQuery {
  readonly type: string;
  readonly appId: string;
  readonly by: { readonly secret: string } | { readonly ticket: string };
}

/** Accounts that a secret opens. */
export interface FoundAccounts {
  readonly accounts: readonly (Omit<FoundAccount, "config"> & {
    /** The channel that is this account already; null: none. */
    readonly channel: { readonly id: string; readonly name: string } | null;
  })[];
  /** Stands for the secret in what follows, for a while: a page holds it in place of the secret. */
  readonly ticket: string;
}

/** Accounts of a provider that can become channels. For those who manage channels. */
export interface Accounts {
  /** Errors: forbidden, not_found, unsupported, rate_limited; invalid names `appId`, `secret` or `ticket`. */
  find(
    principal: Principal,
    query: AccountQuery,
    signal: AbortSignal,
  ): Promise<Result<FoundAccounts, CoreError>>;
  /** Makes a channel of each chosen account. Stops at the first that cannot be made; those before it stay. */
  connect(
    principal: Principal,
    query: AccountQuery & { readonly accountKeys: readonly string[]; readonly inboxId: string },
    signal: AbortSignal,
  ): Promise<Result<readonly ChannelWithSecrets[], CoreError>>;
}

const PURPOSE = "accounts ticket";
/** From the list of accounts to the choice. */
const TICKET_MS = 30 * 60_000;
const LIMIT = { max: 60, windowMs: 10 * 60_000 };
/** A page is waiting. */
const DEADLINE_MS = 20_000;

export function createAccounts(context: CoreContext, channels: Pick<Channels, "create">): Accounts {
  const { store, adapters, ports } = context;
  const { vault } = store;
  const limiter = new RateLimiter(store);

  /** Asks the provider. */
  async function list(
    principal: Principal,
    query: AccountQuery,
    signal: AbortSignal,
  ): Promise<Result<Listed, CoreError>> {
    if (!can(principal, "channel.manage")) return err({ code: "forbidden" });
    const adapter = adapters.get(query.type);
    if (adapter === undefined) return err(notFound("channel type"));
    const { accounts } = adapter;
    if (accounts === undefined) {
      return err({ code: "unsupported", message: "This kind of channel is set up by hand" });
    }
    const app = await openApp(context, query.appId);
    if (!app.ok) return err(invalid("appId", app.error));
    const { kind, config, redact } = app.value;
    if (!adaptersOf(adapters, kind.id).includes(adapter) || kind.id !== accounts.appKind) {
      return err(invalid("appId", "is not an app for this kind of channel"));
    }
    const secret = await secretOf(query);
    if (secret === null) return err(invalid("ticket", "is no longer good: begin again"));
    const subject = actorOf(principal).id ?? principal.type;
    const taken = await limiter.take([{ name: "channel_accounts", subject, ...LIMIT }]);
    if (!taken.ok) return taken;
    const view = { id: query.appId, kind: kind.id, config };
    const hide = (text: string) => redact(text).replaceAll(secret, "•••");
    const found = await inTime(
      (until) =>
        accounts.list(secret, view, appIo(context, { adapter, appId: view.id, redact }, until)),
      signal,
    );
    return found.ok
      ? ok({ accounts: found.value, secret, adapterId: adapter.id })
      : err(invalid("secret", hide(found.error)));
  }

  async function inTime(
    ask: (signal: AbortSignal) => ReturnType<AccountsPort["list"]>,
    signal: AbortSignal,
  ): ReturnType<AccountsPort["list"]> {
    const late = new AbortController();
    const cancel = ports.alarm(ports.clock.now() + DEADLINE_MS, () => late.abort());
    try {
      return await ask(AbortSignal.any([signal, late.signal]));
    } finally {
      cancel();
    }
  }

  /** Null: a ticket that is none, is too old, or was made for something else. */
  async function secretOf({ by, appId }: AccountQuery): Promise<string | null> {
    if ("secret" in by) return by.secret.trim();
    const [k, iv = "", data = ""] = by.ticket.split(".");
    const opened = await vault.open(`${PURPOSE} ${appId}`, { k: Number(k), iv, data })
      .catch(() => null);
    const [, until, secret] = /^(\d+) ([^]*)$/.exec(opened ?? "") ?? [];
    return secret === undefined || Number(until) < ports.clock.now() ? null : secret;
  }

  async function ticketFor(appId: string, secret: string): Promise<string> {
    const text = `${ports.clock.now() + TICKET_MS} ${secret}`;
    const { k, iv, data } = await vault.seal(`${PURPOSE} ${appId}`, text);
    return `${k}.${iv}.${data}`;
  }

  async function channelOf(appId: string, adapterId: string, key: string) {
    const id = await store.get(keys.appAccount(appId, adapterId, key));
    const channel = id === null ? null : await store.get(keys.channel(id));
    return channel === null ? null : { id: channel.id, name: channel.name };
  }

  return {
    async find(principal, query, signal) {
      const listed = await list(principal, query, signal);
      if (!listed.ok) return listed;
      const { accounts, secret, adapterId } = listed.value;
      return ok({
        accounts: await Promise.all(accounts.map(async ({ key, name, detail, problem }) => {
          const channel = await channelOf(query.appId, adapterId, key);
          return { key, name, detail, problem, channel };
        })),
        ticket: await ticketFor(query.appId, secret),
      });
    },

    async connect(principal, { accountKeys, inboxId, ...query }, signal) {
      if (accountKeys.length === 0) return err(invalid("accountKeys", "chooses nothing"));
      const listed = await list(principal, query, signal);
      if (!listed.ok) return listed;
      const made: ChannelWithSecrets[] = [];
      for (const key of new Set(accountKeys)) {
        const account = listed.value.accounts.find((one) => one.key === key);
        if (account === undefined || account.problem !== null) {
          return err(invalid("accountKeys", account?.problem ?? "are not among those found"));
        }
        const { name, config } = account;
        const { type, appId } = query;
        const channel = await channels.create(principal, { type, inboxId, name, appId, config });
        if (!channel.ok) return channel;
        made.push(channel.value);
      }
      return ok(made);
    },
  };
}

interface Listed {
  readonly accounts: readonly FoundAccount[];
  readonly secret: string;
  readonly adapterId: string;
}
