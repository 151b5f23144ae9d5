import assert from "node:assert/strict";
import { basic, pushChannel, SECRET, verifyPosted } from "./push_fixtures.ts";
import { pushWebhook } from "./push_webhook.ts";

Deno.test("raw takes the channel's secret as a bearer and nothing else", async () => {
  const verify = (authorization?: string) =>
    verifyPosted(
      { headers: authorization ? { authorization } : {}, body: new Uint8Array() },
      pushChannel("raw"),
    );

  assert.deepEqual(await verify(`Bearer ${SECRET}`), { ok: true });
  assert.deepEqual(await verify(`bearer  ${SECRET}`), { ok: true });
  assert.deepEqual(await verify(), { ok: false, reason: "missing" });
  const { authorization: login } = basic(SECRET);
  for (const wrong of ["Bearer", "Bearer ", login, SECRET, "Bearer a b"]) {
    assert.deepEqual(await verify(wrong), { ok: false, reason: "malformed" }, wrong);
  }
  for (const wrong of [`${SECRET}x`, SECRET.slice(1), SECRET.toUpperCase(), "par_token"]) {
    const verdict = await verify(`Bearer ${wrong}`);
    assert.deepEqual(verdict, { ok: false, reason: "mismatch" }, wrong);
  }
});

Deno.test("each provider is asked for its own types, and gets room for its wrapping", () => {
  const accepted = (provider: Parameters<typeof pushChannel>[0]) =>
    pushWebhook.accepts?.(pushChannel(provider));

  assert.deepEqual(accepted("raw")?.contentTypes, ["message/rfc822"]);
  assert.deepEqual(accepted("postmark")?.contentTypes, ["application/json"]);
  assert.deepEqual(accepted("sendgrid")?.contentTypes, ["multipart/form-data"]);
  assert.equal(accepted("mailgun")?.contentTypes.length, 3);
  assert.deepEqual(accepted("ses")?.contentTypes, ["text/plain", "application/json"]);
  assert.equal(accepted("raw")?.maxBytes, 25 * 1024 * 1024);
  assert.equal(accepted("postmark")?.maxBytes, 40 * 1024 * 1024);
});
