import type { VerifyResult, WebhookRequest } from "../channel/mod.ts";
import { err, type Result } from "../result.ts";

/** An address where deliveries come in: a channel's own, or that of an app for all its accounts. */
export interface Door {
  /** A longer body is not read. */
  readonly maxBytes: number;
  /** Why a delivery is refused by its headers alone, before its body is read; null when it may be read. */
  refuses(headers: Headers): ReceiveError | null;
  /** Answers a provider's set-up request; null when it is something to `receive`. */
  handshake(request: WebhookRequest, signal: AbortSignal): Promise<Response | null>;
  /** Takes a delivery: verified, then journalled, to be parsed at once by jobs. */
  receive(request: WebhookRequest, signal: AbortSignal): Promise<Result<Received, ReceiveError>>;
}

/** A delivery that is safe in the journal. */
export interface Received {
  /** Of several channels: that of the first. */
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
  /** The provider has to be asked something first, and does not answer. */
  | { readonly code: "unavailable" }
  /** The channel has taken in its bytes for today. */
  | { readonly code: "over_quota"; readonly retryAfterMs: number };

/** What an address takes at most. */
export interface Accepted {
  /** Lower case, without parameters. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
}

/** The checks of a delivery's size and proof, in this order, then of its type. */
export async function checkDelivery(
  { headers, body }: WebhookRequest,
  { contentTypes, maxBytes }: Accepted,
  verify: () => Promise<VerifyResult>,
): Promise<Result<Extract<VerifyResult, { ok: true }>, ReceiveError>> {
  if (body.length > maxBytes) return err({ code: "too_large", maxBytes });
  const verified = await verify();
  if (!verified.ok) return err({ code: "refused", reason: verified.reason });
  const refused = refusedType(headers, contentTypes);
  return refused === null ? { ok: true, value: verified } : err(refused);
}

/** What the headers of a request with a body say against reading it. */
export function refusedByHeaders(
  headers: Headers,
  { contentTypes, maxBytes }: Accepted,
): ReceiveError | null {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) return { code: "too_large", maxBytes };
  return refusedType(headers, contentTypes);
}

function refusedType(headers: Headers, accepts: readonly string[]): ReceiveError | null {
  return accepts.includes(contentTypeOf(headers)) ? null : { code: "unsupported_type", accepts };
}

/** Lower case, without parameters. */
export function contentTypeOf(headers: Headers): string {
  return (headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The headers a delivery keeps in the journal. */
export function keptHeaders(
  headers: Headers,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value.slice(0, 4_000)]];
  }));
}
