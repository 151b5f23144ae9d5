import type { AnyAdapter, Capabilities } from "../channel/mod.ts";
import { configSchema } from "./config_schema.ts";

/** A kind of channel that can be added. */
export interface ChannelType {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema of its config; fields carry `title`, `help`, `secret`, `widget` and `advanced`. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  /** What is typed in to have the settings looked up; null where they are filled in by hand. */
  readonly suggestLabel: string | null;
  /** Kinds of apps its channels may name. */
  readonly apps: readonly string[];
}

/** What the settings page and the API tell about an adapter. */
export function channelType(adapter: AnyAdapter): ChannelType {
  return {
    type: adapter.id,
    title: adapter.label,
    description: adapter.description,
    configSchema: configSchema(adapter).json,
    capabilities: adapter.capabilities,
    suggestLabel: adapter.suggest?.label ?? null,
    apps: adapter.apps?.map(({ id }) => id) ?? [],
  };
}
