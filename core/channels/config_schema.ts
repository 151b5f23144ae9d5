import { z } from "zod";
import type { AnyAdapter } from "../channel/mod.ts";
import { secretPaths } from "./secret_paths.ts";

/** What is known of an adapter's settings. */
export interface ConfigSchema {
  /** JSON Schema of what is typed in. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Dotted paths of its secrets. */
  readonly secretPaths: readonly string[];
}

/** Made from the adapter alone, which never changes: a page with a list of channels asks for each of them. */
const known = new WeakMap<AnyAdapter, ConfigSchema>();

/** The settings of an adapter as JSON Schema, worked out once. */
export function configSchema(adapter: AnyAdapter): ConfigSchema {
  const before = known.get(adapter);
  if (before !== undefined) return before;
  const json = { ...z.toJSONSchema(adapter.config, { io: "input", unrepresentable: "any" }) };
  const schema = { json, secretPaths: secretPaths(json) };
  known.set(adapter, schema);
  return schema;
}
