import type { VerifyResult, WebhookRequest } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { takeQuota } from "./daily_quota.ts";
import { hashOf, journalDelivery, stageDelivery } from "./journal_delivery.ts";

/** A delivery that is safe in the journal. */
export interface Received {
  readonly journalId: string;
  /** The same bytes came before: nothing was written now. */
  readonly isRepeated: boolean;
}

/** Why a delivery was not taken; nothing of it was stored. */
export type ReceiveError =
  | { readonly code: "no_channel" }
  /** Nothing comes in until it is started again; providers try later. */
  | { readonly code: "paused" }
  | { readonly code: "unsupported_type"; readonly accepts: readonly string[] }
  | { readonly code: "too_large"; readonly maxBytes: number }
  | { readonly code: "refused"; readonly reason: Exclude<VerifyResult, { ok: true }>["reason"] }
  /** The channel has taken in its bytes for today. */
  | { readonly code: "over_quota"; readonly retryAfterMs: number };

/** Longer than any adapter accepts a proof after it was made. */
const PROOF_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * Takes a delivery: size, signature, then the journal, before anything looks inside. What was answered with a journal
 * id is never lost, whatever the parser makes of it.
 */
export async function receiveDelivery(
  context: CoreContext,
  channels: Channels,
  channelId: string,
  request: WebhookRequest,
  signal: AbortSignal,
): Promise<Result<Received, ReceiveError>> {
  const { store, ports } = context;
  const opened = await channels.open(channelId);
  if (!opened.ok) return err({ code: "no_channel" });
  const { adapter, channel, view, io } = opened.value;
  const { webhook } = adapter;
  if (webhook === undefined) return err({ code: "no_channel" });
  const { contentTypes, maxBytes } = webhook.accepts?.(view) ?? webhook;
  if (request.body.length > maxBytes) return err({ code: "too_large", maxBytes });
  const verified = await webhook.verify(request, view, io(signal));
  if (!verified.ok) return err({ code: "refused", reason: verified.reason });
  const contentType =
    (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!contentTypes.includes(contentType)) {
    return err({ code: "unsupported_type", accepts: contentTypes });
  }
  if (channel.status === "paused") return err({ code: "paused" });

  const hash = await hashOf(request.body);
  const known = await store.get(keys.journalDedupe(channelId, hash));
  if (known !== null) return ok({ journalId: known, isRepeated: true });
  const staged = await stageDelivery(store, request.body);
  if (staged === null) return err({ code: "too_large", maxBytes });
  const { once } = verified;
  const now = ports.clock.now();
  const id = ports.ids.next("jnl");

  return await transact<Result<Received, ReceiveError>>(store, async (tx) => {
    const again = await tx.read(keys.journalDedupe(channelId, hash));
    if (again !== null) return ok({ journalId: again, isRepeated: true });
    if (once !== undefined) {
      // Other bytes with a proof that was used: somebody saw one delivery and made another of it.
      const isUsed = await tx.get(keys.journalProof(channelId, once)) !== null;
      if (isUsed) return err({ code: "refused", reason: "replayed" });
      tx.set(keys.journalProof(channelId, once), true, { expireInMs: PROOF_KEPT_MS });
    }
    const retryAfterMs = await takeQuota(tx, channelId, request.body.length);
    if (retryAfterMs > 0) return err({ code: "over_quota", retryAfterMs });
    const headers = keptHeaders(request.headers, webhook.keepHeaders);
    journalDelivery(tx, { contentType, headers, receivedAt: now }, staged, {
      id,
      channelId: channel.id,
      via: "webhook",
    });
    return ok({ journalId: id, isRepeated: false });
  });
}

function keptHeaders(headers: Headers, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value.slice(0, 4_000)]];
  }));
}
