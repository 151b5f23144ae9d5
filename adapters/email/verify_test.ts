import assert from "node:assert/strict";
import { EmailConfig } from "./config.ts";
import { fakeChannel } from "./fake_channel.ts";
import { verifyPush } from "./verify.ts";

Deno.test("verifyPush() takes the channel's secret and nothing else", () => {
  const verify = (authorization?: string) =>
    verifyPush({ headers: new Headers(authorization ? { authorization } : {}) }, fakeChannel());

  assert.deepEqual(verify("Bearer push-secret"), { ok: true });
  assert.deepEqual(verify("bearer  push-secret"), { ok: true });
  assert.deepEqual(verify(), { ok: false, reason: "missing" });
  for (const wrong of ["Bearer", "Bearer ", "Basic cHVzaA==", "push-secret", "Bearer a b"]) {
    assert.deepEqual(verify(wrong), { ok: false, reason: "malformed" }, wrong);
  }
  for (const wrong of ["push-secreT", "push-secre", "push-secret1", "par_token", "é"]) {
    assert.deepEqual(verify(`Bearer ${wrong}`), { ok: false, reason: "mismatch" }, wrong);
  }
});

const VALID = {
  address: "Support@Veloce.example",
  inbound: { kind: "push", provider: "raw", secret: "push-secret" },
  outbound: { kind: "system" },
};

Deno.test("EmailConfig takes the least that is needed and says what is wrong with the rest", () => {
  assert.equal(EmailConfig.parse(VALID).address, "support@veloce.example");
  const wrong: readonly [config: unknown, path: string][] = [
    [{ ...VALID, address: "nobody" }, "address"],
    [{ ...VALID, addres: "typo@x.example" }, ""],
    [{ ...VALID, inbound: { kind: "push", provider: "raw", secret: "short" } }, "inbound.secret"],
    [
      { ...VALID, inbound: { kind: "push", provider: "other", secret: "push-secret" } },
      "inbound.provider",
    ],
    [{ ...VALID, inbound: { kind: "imap" } }, "inbound.kind"],
    [{ ...VALID, outbound: { kind: "smtp", host: "a b", port: 25 } }, "outbound.host"],
    [{ ...VALID, outbound: { kind: "smtp", host: "x.example", port: 0 } }, "outbound.port"],
    [{ ...VALID, fromName: "a\r\nBcc: x@y" }, "fromName"],
  ];
  for (const [config, path] of wrong) {
    const result = EmailConfig.safeParse(config);
    assert.equal(result.error?.issues[0]?.path.join("."), path, JSON.stringify(config));
  }
});
