import type { MailSignIn } from "./refused_sign_in.ts";

/** Where and how mail is handed over. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** "offered" encrypts when the server can, and goes on in the clear when it cannot. */
  readonly security: "tls" | "starttls" | "offered" | "none";
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** PEM of an authority that is trusted beside the public ones. */
  readonly ca?: string | undefined;
  /** "oauth": with an access token in place of a password. */
  readonly signIn?: MailSignIn | undefined;
}

/**
 * Reads `smtp(s)://user:password@host:port`. `smtp:` encrypts by STARTTLS: always when there is a password, except on
 * this machine; `?security=none|starttls` says otherwise.
 * @throws TypeError when it is no such URL
 */
export function smtpServerOf(url: string): SmtpServer {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  if ((protocol !== "smtp:" && protocol !== "smtps:") || hostname === "") {
    throw new TypeError("Cannot read SMTP address: it must be smtp://host or smtps://host");
  }
  const host = hostname.replace(/^\[|\]$/g, "");
  const login = username === "" ? {} : {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  if (protocol === "smtps:") return { host, port: Number(port || 465), security: "tls", ...login };
  const asked = searchParams.get("security");
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  const usual = isLocal ? "none" : username === "" ? "offered" : "starttls";
  const security = asked === "none" || asked === "starttls" ? asked : usual;
  return { host, port: Number(port || 587), security, ...login };
}
