import { adaptersOf, openApp } from "../apps/mod.ts";
import type { Delivery } from "../channel/mod.ts";
import { appIo } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import {
  checkDelivery,
  contentTypeOf,
  type Door,
  keptHeaders,
  type Received,
  type ReceiveError,
  refusedByHeaders,
} from "./door.ts";
import { keepDelivery } from "./keep_delivery.ts";

/**
 * Where the deliveries of all accounts of an app come in. Each channel they name gets the whole delivery into its own
 * journal, to be parsed, listed when it fails, and replayed like any other of that channel. What names an account that
 * nobody has connected is kept under the app, and taken all the same: a provider that is refused stops delivering for
 * every account.
 */
export async function appDoor(
  context: CoreContext,
  appId: string,
): Promise<Result<Door, ReceiveError>> {
  const opened = await openApp(context, appId);
  if (!opened.ok) return err({ code: "no_channel" });
  const { app, kind, config, redact } = opened.value;
  const { webhook } = kind;
  const [adapter] = adaptersOf(context.adapters, kind.id);
  if (webhook === undefined || adapter === undefined) return err({ code: "no_channel" });
  const view = { id: app.id, kind: kind.id, config };
  const io = (signal: AbortSignal) => appIo(context, { adapter, appId, redact }, signal);
  return ok({
    maxBytes: webhook.maxBytes,
    refuses: (headers) => refusedByHeaders(headers, webhook),
    handshake: async (request, signal) =>
      await webhook.handshake?.(request, view, io(signal)) ?? null,

    async receive(request, signal) {
      const verify = () => webhook.verify(request, view, io(signal));
      const checked = await checkDelivery(request, webhook, verify);
      if (!checked.ok) return checked;
      const delivery = {
        contentType: contentTypeOf(request.headers),
        headers: keptHeaders(request.headers, webhook.keepHeaders),
        body: request.body,
        receivedAt: context.ports.clock.now(),
      };
      return await keepForAll(context, { appId, kindId: kind.id }, delivery);
    },
  });
}

/** A channel that is over its quota keeps nothing from the others: they have it before the provider is told to wait. */
async function keepForAll(
  context: CoreContext,
  app: { readonly appId: string; readonly kindId: string },
  delivery: Delivery,
): Promise<Result<Received, ReceiveError>> {
  const { channelIds, unknown } = await route(context, app, delivery);
  const results: Result<Received, ReceiveError>[] = [];
  for (const channelId of channelIds) {
    results.push(await keepDelivery(context, channelId, delivery, { via: "webhook" }));
  }
  if (unknown.length > 0 || channelIds.length === 0) {
    const ignoredFor = unknown.length === 0
      ? "It names no account"
      : `No channel here is the account ${unknown.slice(0, 5).join(", ").slice(0, 200)}`;
    const kept = await keepDelivery(context, app.appId, delivery, { via: "webhook", ignoredFor });
    // Nobody waits for it: past the app's share of the day it is dropped.
    if (kept.ok || channelIds.length === 0) results.push(kept.ok ? kept : DROPPED);
  }
  const [first = DROPPED] = results;
  return results.find((result) => !result.ok) ?? first;
}

const DROPPED = ok({ journalId: "", isRepeated: true });

/** The channels that are the accounts a delivery names, and the accounts that none is. */
async function route(
  { store, adapters, ports }: CoreContext,
  { appId, kindId }: { readonly appId: string; readonly kindId: string },
  delivery: Delivery,
): Promise<{ readonly channelIds: readonly string[]; readonly unknown: readonly string[] }> {
  const channelIds = new Set<string>();
  const unknown: string[] = [];
  for (const { id, shared } of adaptersOf(adapters, kindId)) {
    if (shared === undefined) continue;
    let accounts: readonly string[] = [];
    try {
      accounts = shared.split(delivery);
    } catch {
      // It breaks its contract: the delivery is kept, as one that names nobody.
      ports.log("error", "adapter threw while routing", { adapter: id, appId });
    }
    for (const account of new Set(accounts)) {
      const channelId = await store.get(keys.appAccount(appId, id, account));
      if (channelId === null) unknown.push(account);
      else channelIds.add(channelId);
    }
  }
  return { channelIds: [...channelIds], unknown };
}
