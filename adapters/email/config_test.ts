import assert from "node:assert/strict";
import { EmailConfig } from "./config.ts";

const VALID = {
  address: "Support@Veloce.example",
  inbound: { kind: "push", provider: "raw", secret: "push-secret" },
  outbound: { kind: "system" },
};

const IMAP = { kind: "imap", host: "imap.example.com", user: "u", password: "p" };

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
    [{ ...VALID, inbound: { kind: "pigeon" } }, "inbound.kind"],
    [{ ...VALID, inbound: { ...VALID.inbound, topicArns: ["mail"] } }, "inbound.topicArns.0"],
    [{ ...VALID, inbound: { ...VALID.inbound, verificationKey: "?" } }, "inbound.verificationKey"],
    [{ ...VALID, outbound: { kind: "smtp", host: "a b", port: 25 } }, "outbound.host"],
    [{ ...VALID, outbound: { kind: "smtp", host: "x.example", port: 0 } }, "outbound.port"],
    [{ ...VALID, fromName: "a\r\nBcc: x@y" }, "fromName"],
    [{ ...VALID, inbound: { ...IMAP, afterwards: "move" } }, "inbound.moveTo"],
    [{ ...VALID, inbound: { ...IMAP, afterwards: "move", moveTo: "INBOX" } }, "inbound.moveTo"],
    [{ ...VALID, businessHours: ["always"] }, "businessHours.0"],
    [{ ...VALID, timeZone: "Amsterdam" }, "timeZone"],
    [{ ...VALID, closedReply: "Closed." }, "businessHours"],
  ];
  for (const [config, path] of wrong) {
    const result = EmailConfig.safeParse(config);
    assert.equal(result.error?.issues[0]?.path.join("."), path, JSON.stringify(config));
  }
});
