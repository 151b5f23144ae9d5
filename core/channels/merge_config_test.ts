import assert from "node:assert/strict";
import { mergeConfig } from "./merge_config.ts";

const STORED = {
  address: "help@x.example",
  fromName: "Help",
  outbound: { kind: "smtp", host: "mail.x.example", password: "hush" },
};

Deno.test("mergeConfig() replaces what it names and leaves the rest", () => {
  assert.deepEqual(mergeConfig(STORED, { fromName: "Team", signature: "--" }), {
    ...STORED,
    fromName: "Team",
    signature: "--",
  });
});

Deno.test("mergeConfig() takes fields away by null, at every depth", () => {
  assert.deepEqual(
    mergeConfig(STORED, { fromName: null, outbound: { kind: "smtp", host: null } }),
    {
      address: STORED.address,
      outbound: { kind: "smtp" },
    },
  );
});

Deno.test("mergeConfig() keeps a secret that is sent back as set", () => {
  const merged = mergeConfig(STORED, {
    outbound: { kind: "smtp", host: "new.x.example", password: { set: true } },
  });
  const cleared = mergeConfig(STORED, { outbound: { kind: "smtp", password: { set: false } } });

  assert.deepEqual(merged.outbound, { kind: "smtp", host: "new.x.example", password: "hush" });
  assert.deepEqual(cleared.outbound, { kind: "smtp" });
});

Deno.test("mergeConfig() takes a field named __proto__ for a field", () => {
  const merged = mergeConfig({}, JSON.parse('{"__proto__": {"isAdmin": true}}'));

  assert.equal(Object.getPrototypeOf(merged), Object.prototype);
  assert.deepEqual(Object.keys(merged), ["__proto__"]);
});
