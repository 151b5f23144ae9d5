import type { AnyAdapter } from "../channel/mod.ts";
import type { Channel, Sealed } from "../model/channel.ts";
import type { Vault } from "../store/mod.ts";
import { configSchema } from "./config_schema.ts";
import { getPath, isObject, type JsonObject, setPath } from "./secret_paths.ts";

/** A config as it is stored: what may be shown, and the secrets sealed apart. */
export interface SealedConfig {
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, Sealed>;
}

const PURPOSE = "channel secret";

/** Takes the secrets out of a parsed config and seals them. */
export async function sealSecrets(
  vault: Vault,
  adapter: AnyAdapter,
  parsed: unknown,
): Promise<SealedConfig> {
  let config: JsonObject = isObject(parsed) ? parsed : {};
  const secrets: Record<string, Sealed> = {};
  for (const path of configSchema(adapter).secretPaths) {
    const value = getPath(config, path);
    if (typeof value !== "string") continue;
    secrets[path] = await vault.seal(PURPOSE, value);
    config = setPath(config, path, undefined);
  }
  return { config: { ...config }, secrets };
}

/** The config with its secrets back in place. One that no key opens is left out, so that it reads as not set. */
export async function openSecrets(
  vault: Vault,
  channel: Channel,
): Promise<Record<string, unknown>> {
  let config: JsonObject = channel.config;
  for (const [path, sealed] of Object.entries(channel.secrets)) {
    const value = await vault.open(PURPOSE, sealed);
    if (value !== null) config = setPath(config, path, value);
  }
  return { ...config };
}

/** The config with each secret as `{set: true}` or `{set: false}`. */
export function shownConfig(adapter: AnyAdapter, channel: Channel): Record<string, unknown> {
  let config: JsonObject = channel.config;
  for (const path of configSchema(adapter).secretPaths) {
    config = setPath(config, path, { set: channel.secrets[path] !== undefined });
  }
  return { ...config };
}
