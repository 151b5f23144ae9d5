import type { AnyAdapter } from "../channel/mod.ts";
import type { CoreError } from "../errors.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Tx } from "../store/mod.ts";

/** Where a channel's deliveries come in: by itself, or for all accounts of its app. */
export function hookPath(
  adapter: AnyAdapter,
  { id, appId }: Pick<Channel, "id" | "appId">,
): string {
  return adapter.shared !== undefined && appId !== undefined
    ? `/hooks/app/${appId}`
    : `/hooks/${id}`;
}

/**
 * Notes in a commit which account of its app a channel is, so that its deliveries find it.
 * @param before null: it is new; `after` null: it goes
 * @returns a conflict when another channel is that account
 */
export async function claimAccount(
  tx: Tx,
  adapter: AnyAdapter | undefined,
  before: Channel | null,
  after: Channel | null,
): Promise<Result<null, CoreError>> {
  const old = before === null ? null : accountOf(adapter, before);
  const now = after === null ? null : accountOf(adapter, after);
  if (JSON.stringify(old) === JSON.stringify(now)) return ok(null);
  if (old !== null) tx.delete(keys.appAccount(...old));
  if (now === null || after === null) return ok(null);
  const holder = await tx.get(keys.appAccount(...now));
  if (holder !== null && holder !== after.id) {
    const other = await tx.read(keys.channel(holder));
    const message = `The channel "${other?.name ?? holder}" is this account already`;
    return err({ code: "conflict", message });
  }
  tx.set(keys.appAccount(...now), after.id);
  return ok(null);
}

function accountOf(
  adapter: AnyAdapter | undefined,
  { appId, config }: Channel,
): readonly [appId: string, adapterId: string, account: string] | null {
  if (adapter?.shared === undefined || appId === undefined) return null;
  return [appId, adapter.id, adapter.shared.accountKey(config)];
}
