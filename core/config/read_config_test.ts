import assert from "node:assert/strict";
import { readConfig } from "./read_config.ts";

Deno.test("readConfig() fills in the contract's defaults", () => {
  const config = readConfig({});

  assert(config.ok);
  assert.equal(config.value.port, 8000);
  assert.equal(config.value.host, "0.0.0.0");
  assert.equal(config.value.url, null);
  assert.equal(config.value.dataDir, "./data");
  assert.equal(config.value.allowPrivateHosts, "off");
  assert.equal(config.value.trustProxy, 0);
});

for (
  const [name, env] of [
    ["PARLEY_FOO", { PARLEY_FOO: "1" }],
    ["PORT", { PORT: "abc" }],
    ["PORT", { PORT: "70000" }],
    ["PARLEY_URL", { PARLEY_URL: "inbox.example" }],
    ["PARLEY_KV", { PARLEY_KV: "file.kv" }],
    ["PARLEY_SECRET", { PARLEY_SECRET: "short" }],
    ["PARLEY_SECRET_OLD", { PARLEY_SECRET_OLD: "short" }],
    ["PARLEY_API_TOKEN", { PARLEY_API_TOKEN: "short" }],
    ["PARLEY_ADMIN_EMAIL", {
      PARLEY_ADMIN_EMAIL: "nobody",
      PARLEY_ADMIN_PASSWORD: "long enough pw",
    }],
    ["PARLEY_ADMIN_PASSWORD", { PARLEY_ADMIN_EMAIL: "a@b.example" }],
    ["PARLEY_SMTP_URL", { PARLEY_SMTP_URL: "http://mail.example" }],
    ["PARLEY_SMTP_URL", { PARLEY_SMTP_URL: "smtp://user:100%zz@mail.example" }],
    ["PARLEY_MAIL_API", { PARLEY_MAIL_API: "pigeon:KEY" }],
    ["PARLEY_MAIL_API", { PARLEY_MAIL_API: "postmark:" }],
    ["PARLEY_MAIL_API", { PARLEY_MAIL_API: "mailgun:KEY" }],
    ["PARLEY_MAIL_API", { PARLEY_MAIL_API: "resend:KEY@mg.example" }],
    ["PARLEY_MAIL_API", { PARLEY_MAIL_API: "resend:K", PARLEY_SMTP_URL: "smtp://mail.example" }],
    ["PARLEY_SMTP_LISTEN", { PARLEY_SMTP_LISTEN: "25" }],
    ["PARLEY_SMTP_LISTEN", { PARLEY_SMTP_LISTEN: "0.0.0.0:70000" }],
    ["PARLEY_SMTP_LISTEN", { PARLEY_SMTP_LISTEN: "::1:25" }],
    ["PARLEY_SMTP_LISTEN", {
      PARLEY_SMTP_LISTEN: "0.0.0.0:25",
      PARLEY_SECRET: "s".repeat(32),
      DENO_DEPLOYMENT_ID: "x",
    }],
    ["PARLEY_MAIL_DOMAIN", { PARLEY_MAIL_DOMAIN: "mail example" }],
    ["PARLEY_MAIL_DOMAIN", { PARLEY_MAIL_DOMAIN: "-a.example" }],
    ["PARLEY_ALLOW_PRIVATE_HOSTS", { PARLEY_ALLOW_PRIVATE_HOSTS: "localhost" }],
    ["PARLEY_TRUST_PROXY", { PARLEY_TRUST_PROXY: "-1" }],
    ["PARLEY_LOG", { PARLEY_LOG: "loud" }],
    ["PARLEY_SECRET", { DENO_DEPLOYMENT_ID: "x" }],
  ] as const
) {
  Deno.test(`readConfig() names ${name} for ${JSON.stringify(env)}`, () => {
    const config = readConfig(env);

    assert(!config.ok);
    assert.equal(config.error.name, name);
  });
}

Deno.test("readConfig() reads where the receiver listens and the domain of its addresses", () => {
  const read = (at: string) =>
    readConfig({ PARLEY_SMTP_LISTEN: at, PARLEY_MAIL_DOMAIN: "In.Veloce.example" });

  const plain = read("0.0.0.0:2525");
  const six = read("[::1]:0");

  assert(plain.ok && six.ok);
  assert.deepEqual(plain.value.smtpListen, { hostname: "0.0.0.0", port: 2525 });
  assert.deepEqual(six.value.smtpListen, { hostname: "::1", port: 0 });
  assert.equal(plain.value.mailDomain, "in.veloce.example");
});

Deno.test("readConfig() reads lists, drops a trailing slash and takes empty variables as absent", () => {
  const config = readConfig({
    PARLEY_URL: "https://inbox.example/",
    PARLEY_ALLOW_PRIVATE_HOSTS: "127.0.0.1:2525, [::1]:25",
    PARLEY_SECRET_OLD: `${"a".repeat(32)},${"b".repeat(32)}`,
    PARLEY_KV: "",
  });

  assert(config.ok);
  assert.equal(config.value.url, "https://inbox.example");
  assert.deepEqual(config.value.allowPrivateHosts, ["127.0.0.1:2525", "[::1]:25"]);
  assert.equal(config.value.oldSecrets.length, 2);
  assert.equal(config.value.kv, null);
});

Deno.test("readConfig() reads the mail service of Parley's own mail, and never shows its key", () => {
  const apiOf = (text: string) => {
    const config = readConfig({ PARLEY_MAIL_API: text });
    return config.ok ? config.value.mailApi : config.error.message;
  };

  assert.deepEqual(apiOf("postmark:a-b"), { provider: "postmark", key: "a-b", domain: null });
  assert.deepEqual(apiOf("SendGrid:SG.x:y"), { provider: "sendgrid", key: "SG.x:y", domain: null });
  assert.deepEqual(apiOf("mailgun:key-1@MG.Veloce.example"), {
    provider: "mailgun",
    key: "key-1",
    domain: "mg.veloce.example",
  });
  assert.equal(JSON.stringify(apiOf("pigeon:geheim")).includes("geheim"), false);
});
