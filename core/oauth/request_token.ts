import type { OAuthProvider } from "../channel/mod.ts";
import { allowedHosts, createRedactor, reachHost } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, type Result } from "../result.ts";
import { readTokenAnswer, type TokenError, type Tokens } from "./token_answer.ts";

const TIMEOUT_MS = 20_000;
/** Tokens are some KiB at most. */
const MAX_ANSWER_BYTES = 262_144;

/** What a token is asked for with. */
export type Grant =
  | {
    readonly grant_type: "authorization_code";
    readonly code: string;
    readonly redirect_uri: string;
    readonly code_verifier: string;
  }
  | { readonly grant_type: "refresh_token"; readonly refresh_token: string };

/**
 * Asks a provider's token endpoint. What the provider says is given without what it was told. Never throws.
 * Waits its time whatever its caller does: an answer that nobody reads may be the only copy of the next refresh token.
 */
export async function requestToken(
  { ports, config }: Pick<CoreContext, "ports" | "config">,
  provider: OAuthProvider,
  grant: Grant,
): Promise<Result<Tokens, TokenError>> {
  const secrets = [provider.clientSecret];
  if (grant.grant_type === "refresh_token") secrets.push(grant.refresh_token);
  else secrets.push(grant.code, grant.code_verifier);
  const redact = createRedactor(secrets);
  const answered = await ask(provider.tokenUrl, {
    ...grant,
    client_id: provider.clientId,
    client_secret: provider.clientSecret,
  });
  return answered.ok ? answered : err({ ...answered.error, words: redact(answered.error.words) });

  async function ask(
    address: string,
    form: Readonly<Record<string, string>>,
  ): Promise<Result<Tokens, TokenError>> {
    const url = new URL(address);
    const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
    const reach = { allowPrivateHosts: allowedHosts(config), resolve: ports.resolve };
    const reached = await reachHost(reach, url.hostname, port);
    if (!reached.ok) return err({ code: "client", words: reached.error });
    const ending = new AbortController();
    const cancel = ports.alarm(ports.clock.now() + TIMEOUT_MS, () => ending.abort());
    try {
      const response = await ports.fetch(url, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new URLSearchParams(form),
        redirect: "manual",
        signal: ending.signal,
      });
      return readTokenAnswer({ status: response.status, json: await readJson(response) });
    } catch {
      return err({ code: "unavailable", words: "no answer" });
    } finally {
      cancel();
    }
  }
}

/** Undefined for what is no JSON, or too much. */
async function readJson(response: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop ends the download.
    if (size > MAX_ANSWER_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
