import type { Io } from "../channel/mod.ts";
import type { Config } from "../config/mod.ts";

/** What this deployment has for mail of its own: a receiver, a way out. */
export function systemIo(config: Config): Pick<Io, "receiver" | "systemMail"> {
  return {
    ...config.smtpListen === null ? {} : { receiver: { domain: config.mailDomain } },
    ...config.smtpUrl !== null
      ? { systemMail: { url: config.smtpUrl } }
      : config.mailApi !== null
      ? { systemMail: { api: config.mailApi } }
      : {},
  };
}
