import type { Io } from "../../core/channel/mod.ts";
import type { OutboundConfig } from "./config.ts";
import type { ApiSettings } from "./outbound_api/mod.ts";
import { type SmtpServer, smtpServerOf } from "./smtp_server.ts";

/** By which way mail leaves. */
export type MailRoute =
  | { readonly kind: "smtp"; readonly server: SmtpServer }
  | { readonly kind: "api"; readonly settings: ApiSettings };

/** The way of a mailbox's replies; null when Parley's own is asked for and there is none. */
export function mailRoute(
  outbound: OutboundConfig,
  { systemMail }: Pick<Io, "systemMail">,
): MailRoute | null {
  if (outbound.kind === "smtp") return { kind: "smtp", server: outbound };
  if (outbound.kind === "api") return { kind: "api", settings: outbound };
  if (systemMail === undefined) return null;
  return "url" in systemMail
    ? { kind: "smtp", server: smtpServerOf(systemMail.url) }
    : { kind: "api", settings: systemMailSettings(systemMail.api) };
}

/** The settings of Parley's own mail service. */
export function systemMailSettings(
  { provider, key, domain }: Extract<
    NonNullable<Io["systemMail"]>,
    { readonly api: unknown }
  >["api"],
): ApiSettings {
  return { provider, key, ...domain === null ? {} : { domain } };
}
