/** One thing that every adapter has to hold to. */
import { configSchema, type Configured } from "../../core/channels/config_schema.ts";
import { getPath } from "../../core/channels/secret_paths.ts";
import type { AnyAdapter, ChannelView } from "../../core/channel/mod.ts";
import type { Fixture } from "./fixture.ts";

/** The adapter under test. */
export interface Subject {
  readonly adapter: AnyAdapter;
  readonly fixture: Fixture;
  readonly channel: ChannelView<unknown>;
  /** The secrets in its settings. */
  readonly secrets: readonly string[];
}

export interface Check {
  /** `group: what holds`. */
  readonly name: string;
  /** @throws when it does not hold */
  run(subject: Subject): Promise<void> | void;
}

/** @throws when the fixture's settings are not what the adapter's schema takes */
export function createSubject(adapter: AnyAdapter, fixture: Fixture): Subject {
  const config: unknown = adapter.config.parse(fixture.config);
  const channel = { id: "chn_kit", name: "Conformance", config };
  const secrets = secretsOf(adapter, config);
  if (fixture.app === undefined) return { adapter, fixture, channel, secrets };
  const { kind: id, config: given } = fixture.app;
  const kind = adapter.apps?.find((one) => one.id === id);
  if (kind === undefined) throw new Error(`The adapter has no kind of app "${id}"`);
  const app = { id: "app_kit", kind: id, config: kind.config.parse(given) };
  return {
    adapter,
    fixture,
    channel: { ...channel, app },
    secrets: [...secrets, ...secretsOf(kind, app.config)],
  };
}

function secretsOf(of: Configured, config: unknown): readonly string[] {
  return configSchema(of).secretPaths
    .map((path) => getPath(config, path))
    .filter((secret) => typeof secret === "string");
}
