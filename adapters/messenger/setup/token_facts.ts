import { z } from "zod";
import { err, ok, type Result, type SendError } from "../../../core/channel/mod.ts";
import type { PageAccess } from "../access.ts";
import { callGraph, type GraphIo } from "../meta/mod.ts";

const Seconds = z.number().nonnegative().max(8_640_000_000_000).catch(0);
const Facts = z.object({
  data: z.object({
    is_valid: z.boolean(),
    app_id: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
    profile_id: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
    expires_at: Seconds,
    data_access_expires_at: Seconds,
    scopes: z.array(z.string()).catch([]),
  }),
});

/** What Meta says of a Page's token. */
export interface TokenFacts {
  readonly isValid: boolean;
  /** Whose token it is, where that is told. */
  readonly appId: string | null;
  readonly pageId: string | null;
  /** Epoch ms; null: it does not end by time. */
  readonly expiresAt: number | null;
  readonly permissions: ReadonlySet<string>;
}

/** Asks as the app itself, so that a token that is no longer good can be told of too. */
export async function readTokenFacts(
  { token, app }: PageAccess,
  io: GraphIo,
): Promise<Result<TokenFacts, SendError>> {
  const access = { token: `${app.appId}|${app.appSecret}`, app };
  const query = { input_token: token };
  const asked = await callGraph({ method: "GET", path: "debug_token", query }, access, io);
  if (!asked.ok) return asked;
  const { data } = Facts.safeParse(asked.value);
  if (data === undefined) {
    return err({ code: "unavailable", message: "Facebook's answer could not be read." });
  }
  const facts = data.data;
  const ends = [facts.expires_at, facts.data_access_expires_at].filter((at) => at > 0);
  return ok({
    isValid: facts.is_valid,
    appId: facts.app_id ?? null,
    pageId: facts.profile_id ?? null,
    expiresAt: ends.length === 0 ? null : Math.min(...ends) * 1_000,
    permissions: new Set(facts.scopes),
  });
}
