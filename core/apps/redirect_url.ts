import type { Config } from "../config/mod.ts";

/** The only address a provider sends people back to. Never made from a request. */
export function redirectUrl(config: Pick<Config, "url" | "port">): string {
  return `${config.url ?? `http://localhost:${config.port}`}/oauth/callback`;
}
