import assert from "node:assert/strict";
import { google } from "./google.ts";
import { microsoft } from "./microsoft.ts";

const CLIENT = { clientId: "id.apps.example", clientSecret: "s3cret" };

Deno.test("google asks for the whole mailbox, lasting access and the account's address", () => {
  const provider = google.oauth?.(google.config.parse(CLIENT));

  assert.ok(provider);
  assert.equal(provider.authorizeUrl, "https://accounts.google.com/o/oauth2/v2/auth");
  assert.equal(provider.tokenUrl, "https://oauth2.googleapis.com/token");
  assert.deepEqual(provider.scopes, [
    "openid",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://mail.google.com/",
  ]);
  assert.deepEqual(provider.authorizeParams, { access_type: "offline", prompt: "consent" });
  assert.deepEqual(provider.accountsOf({ email: "ana@gmail.com", sub: "1" }), ["ana@gmail.com"]);
  assert.deepEqual(provider.accountsOf({ email: 7 }), []);
});

Deno.test("microsoft goes to the directory that is named, and knows an account by any of its names", () => {
  const providerOf = (tenant?: string) =>
    microsoft.oauth?.(microsoft.config.parse({ ...CLIENT, ...tenant && { tenant } }));

  const common = providerOf();
  assert.equal(
    common?.authorizeUrl,
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
  );
  assert.equal(
    providerOf("Veloce.onmicrosoft.com")?.tokenUrl,
    "https://login.microsoftonline.com/veloce.onmicrosoft.com/oauth2/v2.0/token",
  );
  assert.deepEqual(common?.scopes, [
    "openid",
    "email",
    "profile",
    "offline_access",
    "https://outlook.office.com/IMAP.AccessAsUser.All",
    "https://outlook.office.com/SMTP.Send",
  ]);
  const claims = { email: "ana@veloce.example", preferred_username: "ana@veloce.onmicrosoft.com" };
  assert.deepEqual(common?.accountsOf(claims), Object.values(claims));
  assert.deepEqual(common?.accountsOf({ preferred_username: "no address" }), []);
});

Deno.test("a provider's addresses can be others, but never lead through the clear to somewhere else", () => {
  const at = (tokenUrl: string) => google.config.safeParse({ ...CLIENT, tokenUrl }).success;

  assert.ok(at("https://login.veloce.example/token"));
  for (const host of ["localhost:9000", "127.0.0.1:9000", "[::1]:9000"]) {
    assert.ok(at(`http://${host}/token`), host);
  }
  const refused = [
    "http://login.veloce.example/token",
    "http://localhost.veloce.example/token",
    "http://127.0.0.1.veloce.example/token",
    "javascript:alert(1)",
    "not an address",
  ];
  for (const url of refused) assert.ok(!at(url), url);
});

Deno.test("clients and directories are words", () => {
  for (const tenant of ["", "a/b", "../common", "a b", "-a"]) {
    assert.ok(!microsoft.config.safeParse({ ...CLIENT, tenant }).success, tenant);
  }
  for (const clientId of ["", "a b", "a\nb"]) {
    assert.ok(!google.config.safeParse({ ...CLIENT, clientId }).success, clientId);
  }
  const padded = google.config.parse({ clientId: " id ", clientSecret: " s " });
  assert.deepEqual([padded.clientId, padded.clientSecret], ["id", "s"]);
});
