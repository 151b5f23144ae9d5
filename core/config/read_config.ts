import { z } from "zod";
import type { MailApi } from "../channel/mod.ts";
import { err, ok, type Result } from "../result.ts";

/** The environment, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Public base URL without a trailing slash; null when it is derived from a local request. */
  readonly url: string | null;
  readonly dataDir: string;
  /** KV Connect URL or ":memory:"; null for the file in `dataDir` (or the linked database on Deno Deploy). */
  readonly kv: string | null;
  readonly secret: string | null;
  readonly oldSecrets: readonly string[];
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly apiToken: string | null;
  /** `smtp(s)://…` of Parley's own mail. */
  readonly smtpUrl: string | null;
  /** Mail service of Parley's own mail, in place of `smtpUrl`. */
  readonly mailApi: MailApi | null;
  /** Where the built-in SMTP receiver listens; null: nowhere. */
  readonly smtpListen: { readonly hostname: string; readonly port: number } | null;
  /** Domain of the addresses Parley makes itself, in lower case; its mail comes to the receiver. */
  readonly mailDomain: string | null;
  /** Database of mail providers' settings, without a slash at its end; null: none is asked. */
  readonly providersUrl: string | null;
  /** Base URL of Meta's Graph API, without a slash at its end; null: Meta's own. */
  readonly graphUrl: string | null;
  readonly allowPrivateHosts: "off" | "all" | readonly string[];
  readonly trustProxy: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly isDeploy: boolean;
}

/** Which variable is wrong and why, for one line on the terminal. */
export interface ConfigError {
  readonly name: string;
  readonly message: string;
}

const Port = z.coerce.number().int().min(0).max(65_535);
const HttpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));
const SmtpUrl = z.url({ protocol: /^smtps?$/ }).refine(isDecodable, "has a % that is no escape");
const HostPort = z.string().regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/);

/** `postmark:KEY`, `mailgun:KEY@domain`, `sendgrid:KEY` or `resend:KEY`. */
const MailApiSetting = z.string().transform((text, context): MailApi => {
  const [, provider, key, domain = null] =
    /^(postmark|mailgun|sendgrid|resend):([\x21-\x3f\x41-\x7e]{1,500})(?:@([a-z0-9.-]{1,253}))?$/i
      .exec(text) ?? [];
  const name = provider?.toLowerCase();
  const isKnown = name === "postmark" || name === "mailgun" || name === "sendgrid" ||
    name === "resend";
  if (isKnown && key !== undefined && (domain === null) === (name !== "mailgun")) {
    return { provider: name, key, domain: domain?.toLowerCase() ?? null };
  }
  // The value itself holds a key and is not shown.
  const message = "takes postmark:KEY, mailgun:KEY@domain, sendgrid:KEY or resend:KEY";
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** `host:port` to listen on; 0 for any free port. */
const ListenAt = z.string().transform((text, context) => {
  const match = /^(\[([0-9a-f:]+)\]|[^\s:/[\]]+):(\d{1,5})$/i.exec(text);
  const [, name, bracketed, digits] = match ?? [];
  const bare = bracketed ?? name;
  const port = Number(digits);
  if (bare !== undefined && port <= 65_535) return { hostname: bare, port };
  context.addIssue({ code: "custom", message: "takes host:port, such as 0.0.0.0:25" });
  return z.NEVER;
});
const Domain = z.string().max(200).toLowerCase().regex(
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  "takes a domain, such as mail.example.com",
);

const Environment = z.object({
  PORT: Port.default(8000),
  HOST: z.string().min(1).default("0.0.0.0"),
  PARLEY_URL: HttpUrl.optional(),
  PARLEY_DATA: z.string().min(1).default("./data"),
  PARLEY_KV: z.union([z.literal(":memory:"), z.url({ protocol: /^https?$/ })]).optional(),
  PARLEY_SECRET: z.string().min(32, "needs 32 characters or more").optional(),
  PARLEY_SECRET_OLD: z.string().transform((list) =>
    list.split(/[\s,]+/).filter((one) => one !== "")
  )
    .pipe(z.array(z.string().min(32, "needs 32 characters or more each"))).default([]),
  PARLEY_ADMIN_EMAIL: z.email().optional(),
  PARLEY_ADMIN_PASSWORD: z.string().min(10, "needs 10 characters or more").optional(),
  PARLEY_API_TOKEN: z.string().min(24, "needs 24 characters or more").optional(),
  PARLEY_SMTP_URL: SmtpUrl.optional(),
  PARLEY_MAIL_API: MailApiSetting.optional(),
  PARLEY_SMTP_LISTEN: ListenAt.optional(),
  PARLEY_MAIL_DOMAIN: Domain.optional(),
  PARLEY_AUTOCONFIG_URL: z.union([z.literal("off").transform(() => null), HttpUrl])
    .default("https://autoconfig.thunderbird.net/v1.1"),
  PARLEY_GRAPH_URL: HttpUrl.optional(),
  PARLEY_ALLOW_PRIVATE_HOSTS: z.union([
    z.enum(["off", "1"]).transform((word) => word === "1" ? "all" as const : "off" as const),
    z.string().transform((list) => list.split(/[\s,]+/).filter((one) => one !== "")).pipe(
      z.array(HostPort, "takes off, 1 or a list of host:port").min(1),
    ),
  ]).default("off"),
  PARLEY_TRUST_PROXY: z.coerce.number().int().min(0).max(10).optional(),
  PARLEY_LOG: z.enum(["debug", "info", "warn", "error"]).default("info"),
});
/** Whether user and password of an address can be read. */
function isDecodable(text: string): boolean {
  try {
    const { username, password } = new URL(text);
    return decodeURIComponent(`${username}${password}`).length >= 0;
  } catch {
    return false;
  }
}

const KNOWN = new Set(Object.keys(Environment.shape));

/**
 * Checks the environment. An empty variable counts as absent.
 * @returns the configuration, or the first variable that is unknown, wrong or missing.
 */
export function readConfig(env: Readonly<Record<string, string>>): Result<Config, ConfigError> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  for (const name of Object.keys(set)) {
    if (name.startsWith("PARLEY_") && !KNOWN.has(name)) {
      return err({ name, message: "is not a setting of Parley" });
    }
  }
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err({
      name: String(issue?.path[0] ?? "environment"),
      message: issue?.message ?? "is invalid",
    });
  }
  const e = parsed.data;
  if ((e.PARLEY_ADMIN_EMAIL === undefined) !== (e.PARLEY_ADMIN_PASSWORD === undefined)) {
    const name = e.PARLEY_ADMIN_EMAIL === undefined
      ? "PARLEY_ADMIN_EMAIL"
      : "PARLEY_ADMIN_PASSWORD";
    return err({
      name,
      message: "is needed too: PARLEY_ADMIN_EMAIL and PARLEY_ADMIN_PASSWORD go together",
    });
  }
  if (e.PARLEY_SMTP_URL !== undefined && e.PARLEY_MAIL_API !== undefined) {
    return err({ name: "PARLEY_MAIL_API", message: "cannot be set beside PARLEY_SMTP_URL" });
  }
  const isDeploy = set.DENO_DEPLOYMENT_ID !== undefined;
  if (isDeploy && e.PARLEY_SECRET === undefined) {
    return err({ name: "PARLEY_SECRET", message: "is required on Deno Deploy" });
  }
  if (isDeploy && e.PARLEY_SMTP_LISTEN !== undefined) {
    return err({ name: "PARLEY_SMTP_LISTEN", message: "cannot be used on Deno Deploy" });
  }
  return ok({
    port: e.PORT,
    host: e.HOST,
    url: e.PARLEY_URL ?? null,
    dataDir: e.PARLEY_DATA,
    kv: e.PARLEY_KV ?? null,
    secret: e.PARLEY_SECRET ?? null,
    oldSecrets: e.PARLEY_SECRET_OLD,
    admin: e.PARLEY_ADMIN_EMAIL !== undefined && e.PARLEY_ADMIN_PASSWORD !== undefined
      ? { email: e.PARLEY_ADMIN_EMAIL, password: e.PARLEY_ADMIN_PASSWORD }
      : null,
    apiToken: e.PARLEY_API_TOKEN ?? null,
    smtpUrl: e.PARLEY_SMTP_URL ?? null,
    mailApi: e.PARLEY_MAIL_API ?? null,
    smtpListen: e.PARLEY_SMTP_LISTEN ?? null,
    mailDomain: e.PARLEY_MAIL_DOMAIN ?? null,
    providersUrl: e.PARLEY_AUTOCONFIG_URL,
    graphUrl: e.PARLEY_GRAPH_URL ?? null,
    allowPrivateHosts: e.PARLEY_ALLOW_PRIVATE_HOSTS,
    trustProxy: e.PARLEY_TRUST_PROXY ?? (isDeploy ? 1 : 0),
    logLevel: e.PARLEY_LOG,
    isDeploy,
  });
}
