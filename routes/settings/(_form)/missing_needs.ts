import type { Config } from "@/core/mod.ts";
import type { MissingNeeds } from "./config_fields.ts";

/** What adapters' settings may need and this deployment does not have, with what would change that. */
export function missingNeeds(
  { smtpListen, smtpUrl, mailApi, isDeploy }: Pick<
    Config,
    "smtpListen" | "smtpUrl" | "mailApi" | "isDeploy"
  >,
): MissingNeeds {
  return {
    ...smtpListen === null
      ? {
        receiver: isDeploy
          ? "Not on this platform: it lets nothing listen for mail."
          : "Not here: Parley takes no mail itself until PARLEY_SMTP_LISTEN is set.",
      }
      : {},
    ...smtpUrl === null && mailApi === null
      ? { system_mail: "Not here: it needs PARLEY_SMTP_URL or PARLEY_MAIL_API." }
      : {},
    ...isDeploy
      ? { sockets: "Not on this platform: it reaches no mail servers. Choose a mail service." }
      : {},
  };
}
