import { z } from "zod";
import { secretPaths } from "./secret_paths.ts";

/** What has settings: an adapter, a kind of app. */
export interface Configured {
  readonly config: z.ZodType;
}

/** What is known of settings. */
export interface ConfigSchema {
  /** JSON Schema of what is typed in. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Dotted paths of its secrets. */
  readonly secretPaths: readonly string[];
}

/** Made from its owner alone, which never changes: a page with a list of channels asks for each of them. */
const known = new WeakMap<Configured, ConfigSchema>();

/** The settings as JSON Schema, worked out once. */
export function configSchema(of: Configured): ConfigSchema {
  const before = known.get(of);
  if (before !== undefined) return before;
  const json = { ...z.toJSONSchema(of.config, { io: "input", unrepresentable: "any" }) };
  const schema = { json, secretPaths: secretPaths(json) };
  known.set(of, schema);
  return schema;
}
