import { type AccessError, err, type Io, type Result } from "../../../core/channel/mod.ts";

/**
 * Runs an attempt with the channel's access token. One that is refused is renewed, once: it may have been taken back
 * before its time.
 * @param asError what it means for the attempt that there is no token
 */
export async function withAccessToken<T, E extends { readonly code: string }>(
  io: Pick<Io, "accessToken">,
  attempt: (token: string) => Promise<Result<T, E>>,
  asError: (error: AccessError) => E,
): Promise<Result<T, E>> {
  const first = await io.accessToken();
  if (!first.ok) return err(asError(first.error));
  const tried = await attempt(first.value);
  if (tried.ok || tried.error.code !== "unauthorized") return tried;
  const second = await io.accessToken(first.value);
  return second.ok ? await attempt(second.value) : err(asError(second.error));
}
