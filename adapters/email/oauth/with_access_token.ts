import { type AccessError, err, type Io, type Result } from "../../../core/channel/mod.ts";

/**
 * Runs an attempt with the channel's access token. One that is refused is renewed, once: it may have been taken back
 * before its time.
 */
export async function withAccessToken<T, E extends { readonly code: string }>(
  io: Pick<Io, "accessToken">,
  attempt: (token: string) => Promise<Result<T, E>>,
): Promise<Result<T, E | AccessError>> {
  const first = await io.accessToken();
  if (!first.ok) return first;
  const tried = await attempt(first.value);
  if (tried.ok || tried.error.code !== "unauthorized") return tried;
  const second = await io.accessToken(first.value);
  return second.ok ? await attempt(second.value) : err(second.error);
}
