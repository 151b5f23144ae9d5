import type { Config } from "../config/mod.ts";

/** The address of this deployment, as far as it is known without a request. */
export function baseUrl({ url, port }: Pick<Config, "url" | "port">): string {
  return url ?? `http://localhost:${port}`;
}

/** The only address a provider sends people back to. Never made from a request. */
export function redirectUrl(config: Pick<Config, "url" | "port">): string {
  return `${baseUrl(config)}/oauth/callback`;
}
