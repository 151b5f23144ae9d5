import type { Sealed } from "../model/channel.ts";
import type { Vault } from "../store/mod.ts";
import { configSchema, type Configured } from "./config_schema.ts";
import { getPath, isObject, type JsonObject, setPath } from "./secret_paths.ts";

/** A config as it is stored: what may be shown, and the secrets sealed apart. */
export interface SealedConfig {
  readonly config: Readonly<Record<string, unknown>>;
  /** By dotted path in the config. */
  readonly secrets: Readonly<Record<string, Sealed>>;
}

/** Of apps too, which came later. */
const PURPOSE = "channel secret";

/** Takes the secrets out of a parsed config and seals them. */
export async function sealSecrets(
  vault: Vault,
  of: Configured,
  parsed: unknown,
): Promise<SealedConfig> {
  let config: JsonObject = isObject(parsed) ? parsed : {};
  const secrets: Record<string, Sealed> = {};
  for (const path of configSchema(of).secretPaths) {
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
  { config: shown, secrets }: SealedConfig,
): Promise<Record<string, unknown>> {
  let config: JsonObject = shown;
  for (const [path, sealed] of Object.entries(secrets)) {
    const value = await vault.open(PURPOSE, sealed);
    if (value !== null) config = setPath(config, path, value);
  }
  return { ...config };
}

/** The secrets of an opened config, for a redactor. */
export function secretsIn(
  opened: JsonObject,
  { secrets }: Pick<SealedConfig, "secrets">,
): string[] {
  return Object.keys(secrets).map((path) => getPath(opened, path))
    .filter((secret) => typeof secret === "string");
}

/** The config with each secret as `{set: true}` or `{set: false}`. */
export function shownConfig(
  of: Configured,
  { config: stored, secrets }: SealedConfig,
): Record<string, unknown> {
  let config: JsonObject = stored;
  for (const path of configSchema(of).secretPaths) {
    config = setPath(config, path, { set: secrets[path] !== undefined });
  }
  return { ...config };
}
