import assert from "node:assert/strict";
import { isSecretSet, valueAt, withStoredSecrets } from "./config_value.ts";

Deno.test("valueAt() follows a dotted path, and never the prototype", () => {
  const config = { inbound: { kind: "imap", port: 993 }, list: ["a"] };

  assert.equal(valueAt(config, "inbound.port"), 993);
  assert.equal(valueAt(config, "inbound.missing"), undefined);
  assert.equal(valueAt(config, "inbound.port.x"), undefined);
  assert.equal(valueAt(config, "constructor.name"), undefined);
  assert.equal(valueAt(null, "a"), undefined);
});

Deno.test("isSecretSet() believes only what the core says", () => {
  assert.equal(isSecretSet({ inbound: { secret: { set: true } } }, "inbound.secret"), true);
  assert.equal(isSecretSet({ inbound: { secret: { set: false } } }, "inbound.secret"), false);
  assert.equal(isSecretSet({ inbound: { secret: "typed" } }, "inbound.secret"), false);
  assert.equal(isSecretSet({}, "inbound.secret"), false);
});

Deno.test("withStoredSecrets() takes typed secrets out of what is shown again", () => {
  const posted = { address: "a@b.c", inbound: { kind: "push", secret: "typed-by-somebody" } };
  const stored = { inbound: { kind: "push", secret: { set: true } } };

  const shown = withStoredSecrets(posted, stored, ["inbound.secret", "outbound.key"]);

  assert.deepEqual(shown, {
    address: "a@b.c",
    inbound: { kind: "push", secret: { set: true } },
  });
  assert.equal(posted.inbound.secret, "typed-by-somebody");
});
