import assert from "node:assert/strict";
import { z } from "zod";
import { configFields } from "../(_form)/config_fields.ts";
import { usedSecretPaths } from "../(_form)/config_labels.ts";
import { pathsFieldName, secretFieldName, withAskedSecrets } from "./asked_secrets.ts";

function formOf(...secrets: readonly (readonly [secret: string, paths: string])[]): FormData {
  const form = new FormData();
  for (const [i, [secret, paths]] of secrets.entries()) {
    form.set(secretFieldName(i), secret);
    form.set(pathsFieldName(i), paths);
  }
  return form;
}

const CONFIG = { address: "a@b.example", inbound: { kind: "imap" }, outbound: { kind: "smtp" } };
const KNOWN = ["inbound.password", "outbound.password"];

Deno.test("withAskedSecrets() puts a secret wherever it belongs, and leaves the config it was given", () => {
  const form = formOf(["open sesame", "inbound.password outbound.password"]);

  assert.deepEqual(withAskedSecrets(CONFIG, form, { known: KNOWN, isReplacing: false }), {
    address: "a@b.example",
    inbound: { kind: "imap", password: "open sesame" },
    outbound: { kind: "smtp", password: "open sesame" },
  });
  assert.deepEqual(CONFIG.inbound, { kind: "imap" });
});

Deno.test("withAskedSecrets() writes to secrets only, whatever the form names", () => {
  const form = formOf(["x", "address inbound.host __proto__.polluted"], ["", "inbound.password"]);

  assert.equal(withAskedSecrets(CONFIG, form, { known: KNOWN, isReplacing: true }), CONFIG);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

Deno.test("withAskedSecrets() keeps what was typed for one server alone, unless it is to be replaced", () => {
  const typed = { ...CONFIG, outbound: { kind: "smtp", password: "its own" } };
  const form = formOf(["new", KNOWN.join(" ")]);
  const passwords = (isReplacing: boolean) => {
    const { inbound, outbound } = withAskedSecrets(typed, form, { known: KNOWN, isReplacing });
    return [inbound, outbound].map((way) => Reflect.get(Object(way), "password"));
  };

  assert.deepEqual(passwords(false), ["new", "its own"]);
  assert.deepEqual(passwords(true), ["new", "new"]);
});

Deno.test("usedSecretPaths() names the secrets of the chosen variant only", () => {
  const secret = z.string().meta({ secret: true });
  const fields = configFields(z.toJSONSchema(
    z.strictObject({
      token: secret,
      inbound: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("imap"), password: secret }),
        z.strictObject({ kind: z.literal("push"), secret }),
      ]),
    }),
    { io: "input" },
  ));

  assert.deepEqual(usedSecretPaths(fields, { inbound: { kind: "imap" } }), [
    "token",
    "inbound.password",
  ]);
  assert.deepEqual(usedSecretPaths(fields, { inbound: { kind: "push" } }), [
    "token",
    "inbound.secret",
  ]);
  assert.deepEqual(usedSecretPaths(fields, {}), ["token"]);
});
