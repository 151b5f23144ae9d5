/**
 * A real OAuth 2 provider on this machine, as Google and Microsoft are one: an authorize page that consents by itself,
 * a token endpoint that checks what it is given, and an endpoint by which a mail server asks about tokens.
 */
import { encodeBase64Url } from "../../core/encoding.ts";
import { sha256 } from "../../core/sha256.ts";

export interface OAuthProviderOptions {
  /** Epoch ms, for expiry. */
  readonly now: () => number;
}

/** What somebody at its authorize page does. */
export interface ProviderMood {
  /** Who signs in. */
  account: string;
  /** Refuses consent. */
  denies: boolean;
  /** Scopes left unticked. */
  without: readonly string[];
  /** Gives no refresh token. */
  isShort: boolean;
  /** Gives another refresh token each time, and takes the old one back. */
  rotates: boolean;
  /** Lifetime of access tokens. */
  expiresInSeconds: number;
  /** Answers the token endpoint in its place. */
  answer: (() => Response | Promise<Response>) | null;
}

export interface OAuthProviderServer extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly port: number;
  /** Of the one client it knows. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly mood: ProviderMood;
  /** What its endpoints were asked, oldest first. */
  readonly authorized: readonly URLSearchParams[];
  readonly tokenRequests: readonly URLSearchParams[];
  /** All secrets it ever gave out. */
  readonly secrets: readonly string[];
  /** Ends what an account allowed: its tokens are no longer good. */
  revoke(account: string): void;
  /** Ends the access tokens given so far; refresh tokens stay good. */
  endAccessTokens(): void;
  /** Whose access token this is; null when it is not good. */
  accountOf(accessToken: string): string | null;
  /** Follows an authorize address as a browser would. @returns where it is sent back to */
  visit(url: string): Promise<URL>;
}

interface Grant {
  readonly account: string;
  readonly scope: string;
}
interface Code extends Grant {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly nonce: string | null;
}

export function openOAuthProvider(
  { now }: OAuthProviderOptions,
): OAuthProviderServer {
  const clientId = "parley-client";
  const clientSecret = "parley-client-secret";
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, Grant>();
  const accessTokens = new Map<string, Grant & { readonly expiresAt: number }>();
  const authorized: URLSearchParams[] = [];
  const tokenRequests: URLSearchParams[] = [];
  const secrets: string[] = [clientSecret];
  const mood: ProviderMood = {
    account: "support@veloce.example",
    denies: false,
    without: [],
    isShort: false,
    rotates: false,
    expiresInSeconds: 3_600,
    answer: null,
  };

  function secret(prefix: string): string {
    const made = prefix + encodeBase64Url(crypto.getRandomValues(new Uint8Array(24)));
    secrets.push(made);
    return made;
  }

  function authorize(params: URLSearchParams): Response {
    authorized.push(params);
    const asked = (name: string) => params.get(name) ?? "";
    const isWrong = asked("client_id") !== clientId || asked("response_type") !== "code" ||
      asked("code_challenge_method") !== "S256" || asked("redirect_uri") === "";
    if (isWrong) return new Response("This is not a client of ours", { status: 400 });
    const back = new URL(asked("redirect_uri"));
    back.searchParams.set("state", asked("state"));
    if (mood.denies) {
      back.searchParams.set("error", "access_denied");
      return redirect(back);
    }
    const scope = asked("scope").split(" ").filter((one) => !mood.without.includes(one)).join(" ");
    const code = secret("code-");
    codes.set(code, {
      account: mood.account,
      scope,
      challenge: asked("code_challenge"),
      redirectUri: asked("redirect_uri"),
      nonce: params.get("nonce"),
    });
    back.searchParams.set("code", code);
    return redirect(back);
  }

  async function token(form: URLSearchParams): Promise<Response> {
    tokenRequests.push(form);
    if (mood.answer !== null) return await mood.answer();
    const isClient = form.get("client_id") === clientId &&
      form.get("client_secret") === clientSecret;
    if (!isClient) return refuse("invalid_client", 401);
    switch (form.get("grant_type")) {
      case "authorization_code": {
        const code = form.get("code") ?? "";
        const known = codes.get(code);
        codes.delete(code);
        const challenge = encodeBase64Url(
          Uint8Array.fromHex(sha256(form.get("code_verifier") ?? "")),
        );
        const isGood = known?.challenge === challenge &&
          known.redirectUri === form.get("redirect_uri");
        if (known === undefined || !isGood) return refuse("invalid_grant");
        return give(known, mood.isShort ? null : giveRefreshToken(known), idToken(known));
      }
      case "refresh_token": {
        const old = form.get("refresh_token") ?? "";
        const grant = refreshTokens.get(old);
        if (grant === undefined) return refuse("invalid_grant", 400, `${old} was revoked`);
        if (!mood.rotates) return give(grant, null, null);
        refreshTokens.delete(old);
        return give(grant, giveRefreshToken(grant), null);
      }
      default:
        return refuse("unsupported_grant_type");
    }
  }

  function giveRefreshToken(grant: Grant): string {
    const made = secret("refresh-");
    refreshTokens.set(made, grant);
    return made;
  }

  function give(grant: Grant, refreshToken: string | null, id: string | null): Response {
    const accessToken = secret("access-");
    const { expiresInSeconds } = mood;
    const expiresAt = now() + expiresInSeconds * 1_000;
    accessTokens.set(accessToken, { ...grant, expiresAt });
    return Response.json({
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: expiresInSeconds,
      scope: grant.scope,
      ...refreshToken === null ? {} : { refresh_token: refreshToken },
      ...id === null ? {} : { id_token: id },
    });
  }

  function idToken({ account, nonce }: Code): string {
    const part = (value: unknown) =>
      encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)));
    const claims = {
      iss: "https://provider.example",
      aud: clientId,
      sub: account,
      exp: Math.floor(now() / 1_000) + 3_600,
      email: account,
      ...nonce === null ? {} : { nonce },
    };
    return `${part({ alg: "none" })}.${part(claims)}.`;
  }

  function accountOf(accessToken: string): string | null {
    const known = accessTokens.get(accessToken);
    return known !== undefined && known.expiresAt > now() ? known.account : null;
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/authorize") return authorize(searchParams);
    if (pathname === "/token" && request.method === "POST") {
      return await token(new URLSearchParams(await request.text()));
    }
    if (pathname === "/introspect") {
      const account = accountOf(new URLSearchParams(await request.text()).get("token") ?? "");
      return Response.json(account === null ? { active: false } : { active: true, email: account });
    }
    return new Response("There is nothing here", { status: 404 });
  });
  const { port } = server.addr;
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    port,
    clientId,
    clientSecret,
    mood,
    authorized,
    tokenRequests,
    secrets,
    revoke(account) {
      for (const [key, grant] of refreshTokens) {
        if (grant.account === account) refreshTokens.delete(key);
      }
      for (const [key, grant] of accessTokens) {
        if (grant.account === account) accessTokens.delete(key);
      }
    },
    endAccessTokens: () => accessTokens.clear(),
    accountOf,
    async visit(address) {
      const response = await fetch(address, { redirect: "manual" });
      const text = await response.text();
      const location = response.headers.get("location");
      if (location === null) throw new Error(`Not sent back: ${text}`);
      return new URL(location);
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}

function redirect(to: URL): Response {
  return new Response(null, { status: 302, headers: { location: to.href } });
}

function refuse(error: string, status = 400, description = ""): Response {
  return Response.json({ error, error_description: description }, { status });
}
