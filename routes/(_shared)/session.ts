import type { Access, Config, Principal } from "@/core/mod.ts";

const NAME = "parley_session";
/**
 * The longest a browser keeps a cookie. How long the session lives is up to the server (30 days after its last
 * use), so that a session in use needs no new cookie.
 */
const MAX_AGE_S = 400 * 24 * 60 * 60;

type Address = Pick<Config, "url">;

/** `Set-Cookie` that signs in. */
export function sessionCookie(token: string, config: Address): string {
  return cookie(token, MAX_AGE_S, config);
}

/** `Set-Cookie` that signs out. */
export function endedSessionCookie(config: Address): string {
  return cookie("", 0, config);
}

/** The session token a request carries, or null. */
export function readSessionToken(headers: Headers, config: Address): string | null {
  const name = cookieName(config);
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const [key, value = ""] = pair.split("=", 2);
    if (key?.trim() === name && value.trim() !== "") return value.trim();
  }
  return null;
}

/** The token of `Authorization: Bearer …`, "" for any other Authorization, null without one. */
export function readBearer(headers: Headers): string | null {
  const header = headers.get("authorization");
  if (header === null) return null;
  return /^bearer +([\x21-\x7e]+)$/i.exec(header.trim())?.[1] ?? "";
}

/** Who asks. A request with an Authorization header is judged by that alone, never by its cookie. */
export async function principalOf(
  headers: Headers,
  access: Pick<Access, "principalOfSession" | "principalOfToken">,
  config: Address,
): Promise<Principal | null> {
  const bearer = readBearer(headers);
  if (bearer !== null) return bearer === "" ? null : await access.principalOfToken(bearer);
  const token = readSessionToken(headers, config);
  return token === null ? null : await access.principalOfSession(token);
}

/** The prefix makes browsers refuse the cookie from anything but this very host over TLS. */
function cookieName(config: Address): string {
  return isTls(config) ? `__Host-${NAME}` : NAME;
}

function cookie(value: string, maxAgeS: number, config: Address): string {
  const attributes = ["Path=/", "HttpOnly", "SameSite=Lax", `Max-Age=${maxAgeS}`];
  if (isTls(config)) attributes.push("Secure");
  return [`${cookieName(config)}=${value}`, ...attributes].join("; ");
}

/** Whether people reach Parley over TLS. */
export function isTls(config: Address): boolean {
  return config.url?.startsWith("https:") ?? false;
}
