import { type CoreError, invalid } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { storedBytes, type Vault } from "../store/mod.ts";
import type { Configured } from "./config_schema.ts";
import { type SealedConfig, sealSecrets } from "./sealed_config.ts";

/** A channel's or an app's record is one value of the database, which has 64 KiB. */
const MAX_BYTES = 56 * 1024;

/** Parses a whole config with its schema and seals its secrets. */
export async function checkConfig(
  vault: Vault,
  of: Configured,
  raw: unknown,
): Promise<Result<SealedConfig, CoreError>> {
  const parsed = of.config.safeParse(raw);
  if (!parsed.success) {
    return err({
      code: "invalid",
      errors: parsed.error.issues.map((issue) => ({
        path: ["config", ...issue.path].join("."),
        message: issue.message,
      })),
    });
  }
  const sealed = await sealSecrets(vault, of, parsed.data);
  return storedBytes(sealed) > MAX_BYTES
    ? err(invalid("config", `is over ${MAX_BYTES / 1024} KiB`))
    : ok(sealed);
}
