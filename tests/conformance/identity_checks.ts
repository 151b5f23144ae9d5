/** What an adapter says about itself. */
import assert from "node:assert/strict";
import { configSchema } from "../../core/channels/config_schema.ts";
import { isObject } from "../../core/channels/secret_paths.ts";
import { API_VERSION, Capabilities, capabilitiesOf } from "../../core/channel/mod.ts";
import type { Check } from "./check.ts";

/** A field with such a name is a secret, or its name should be another. */
const SECRET_NAME = /secret|password|token|(^|api_?|private_?|access_?)key$/i;

export const identityChecks: readonly Check[] = [
  {
    name: "identity: id, label and version are in order",
    run({ adapter }) {
      assert.match(adapter.id, /^[a-z][a-z0-9_]*$/, "the id is no folder name");
      assert.notEqual(adapter.label.trim(), "", "there is no label");
      assert.notEqual(adapter.description.trim(), "", "there is no description");
      assert.equal(adapter.apiVersion, API_VERSION);
    },
  },
  {
    name: "identity: capabilities are data",
    run({ adapter, channel }) {
      for (const one of [adapter.capabilities, capabilitiesOf(adapter, channel.config)]) {
        assert.deepEqual(Capabilities.parse(JSON.parse(JSON.stringify(one))), one);
      }
    },
  },
  {
    name: "identity: the ports are those of the capabilities",
    run({ adapter, channel }) {
      const { transports, email } = adapter.capabilities;
      const has = (name: Capabilities["transports"][number]) => transports.includes(name);
      assert.equal(has("webhook"), adapter.webhook !== undefined, "webhook");
      assert.equal(has("poll"), adapter.poll !== undefined, "poll");
      assert.equal(has("stream"), adapter.visitor !== undefined, "stream");
      if (!email) {
        assert.equal(adapter.letters, undefined, "letters need the capability email");
        assert.equal(adapter.notices, undefined, "notices need the capability email");
      }
      for (const { window } of [adapter.capabilities, capabilitiesOf(adapter, channel.config)]) {
        if (window?.templateAfter !== true) continue;
        assert.notEqual(adapter.templates, undefined, "templateAfter needs the port templates");
      }
      if (adapter.poll === undefined) {
        assert.equal(adapter.history, undefined, "history needs poll");
      }
      if (adapter.apps === undefined) assert.equal(adapter.oauth, undefined, "oauth needs apps");
    },
  },
  {
    name: "identity: windows and quick replies leave something",
    run({ adapter, channel }) {
      for (const one of [adapter.capabilities, capabilitiesOf(adapter, channel.config)]) {
        const { window, quickReplies } = one;
        if (window?.humanMs !== undefined) {
          assert.ok(window.humanMs > window.openMs, "people have no longer than machines");
        }
        if (quickReplies === null) continue;
        assert.ok(
          quickReplies.max > 0 && quickReplies.titleMax > 0,
          "null says that there are none",
        );
      }
    },
  },
  {
    name: "identity: the settings are refused when something else stands in them",
    run({ adapter, fixture }) {
      const odd = { ...fixture.config, "no such field": 1 };
      assert.equal(adapter.config.safeParse(odd).success, false, "an unknown field is taken");
      assert.equal(adapter.config.safeParse(null).success, false, "null is taken");
    },
  },
  {
    name: "identity: every secret is marked",
    run({ adapter, secrets }) {
      assert.deepEqual(unmarked(configSchema(adapter).json), [], "secrets that are not marked");
      for (const secret of secrets) {
        assert.ok(secret.length >= 8, "secrets of a fixture have 8 characters or more");
      }
    },
  },
  {
    name: "identity: hosts are names",
    run({ adapter, channel }) {
      for (const host of [...adapter.hosts, ...adapter.configHosts?.(channel.config) ?? []]) {
        assert.match(host, /^[a-z0-9.*:[\]_-]+$/, `"${host}" is not the name of a host`);
        assert.notEqual(host, "*", "any host at all");
      }
    },
  },
  {
    name: "identity: there is a README that names the secrets and hosts",
    async run({ adapter, fixture }) {
      const text = await Deno.readTextFile(new URL("README.md", fixture.url));
      for (const path of configSchema(adapter).secretPaths) {
        const isNamed = text.includes(path) || text.includes(path.split(".").at(-1) ?? path);
        assert.ok(isNamed, `the README does not name the secret "${path}"`);
      }
    },
  },
];

/** Dotted paths of text fields that are called like a secret and are not marked as one. */
function unmarked(schema: unknown, path: readonly string[] = []): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((one) => unmarked(one, path));
  if (!isObject(schema)) return [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  const own = Object.entries(properties).flatMap(([name, field]) => {
    const isText = isObject(field) && field.type === "string" && !Array.isArray(field.enum);
    const isOpen = isText && SECRET_NAME.test(name) && field.secret !== true;
    return isOpen ? [[...path, name].join(".")] : unmarked(field, [...path, name]);
  });
  return [...own, ...unmarked([schema.anyOf, schema.oneOf, schema.allOf, schema.items], path)];
}
