import assert from "node:assert/strict";
import { email } from "@/adapters/email/mod.ts";
import { readConfig } from "@/core/mod.ts";
import { z } from "zod";
import { configFields } from "./config_fields.ts";
import { missingNeeds } from "./missing_needs.ts";

/** The ways in and out that can be chosen on a deployment with these variables. */
function offered(env: Readonly<Record<string, string>>): readonly string[] {
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.error.message);
  const schema = z.toJSONSchema(email.config, { io: "input", unrepresentable: "any" });
  return configFields(schema, missingNeeds(config.value)).flatMap((field) =>
    field.kind === "variants"
      ? field.variants.filter(({ missing }) => missing === undefined).map(({ value }) => value)
      : []
  );
}

Deno.test("missingNeeds() offers of a mailbox's ways what the deployment has", () => {
  const deploy = { DENO_DEPLOYMENT_ID: "x", PARLEY_SECRET: "s".repeat(32) };

  assert.deepEqual(offered({}), ["push", "imap", "smtp", "api"]);
  assert.deepEqual(
    offered({ PARLEY_SMTP_LISTEN: "127.0.0.1:0", PARLEY_SMTP_URL: "smtp://mail.example" }),
    ["push", "imap", "receiver", "smtp", "api", "system"],
  );
  assert.deepEqual(offered({ ...deploy, PARLEY_MAIL_API: "resend:KEY" }), [
    ...["push", "imap", "api", "system"],
  ]);
});
