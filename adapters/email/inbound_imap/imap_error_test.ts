import assert from "node:assert/strict";
import { imapError } from "./imap_error.ts";

const CASES: readonly [error: unknown, code: string][] = [
  [{ authenticationFailed: true, responseText: "Authentication failed." }, "unauthorized"],
  [{ authenticationFailed: true, serverResponseCode: "AUTHENTICATIONFAILED" }, "unauthorized"],
  [{ authenticationFailed: true, serverResponseCode: "UNAVAILABLE" }, "unavailable"],
  [
    { authenticationFailed: true, responseText: "Too many simultaneous connections" },
    "unavailable",
  ],
  [{ mailboxMissing: true, responseText: "Mailbox doesn't exist: Nope" }, "config"],
  [{ serverResponseCode: "NONEXISTENT" }, "config"],
  [{ code: "ETHROTTLE", throttleReset: 7_000 }, "rate_limited"],
  [new Error("invalid peer certificate: UnknownIssuer"), "config"],
  [{ tlsFailed: true, message: "Server does not support STARTTLS" }, "config"],
  [{ code: "ECONNREFUSED", message: "connect ECONNREFUSED" }, "unavailable"],
  [{ code: "NoConnection" }, "unavailable"],
  [null, "unavailable"],
  ["broken", "unavailable"],
];

for (const [error, code] of CASES) {
  Deno.test(`imapError() says "${code}" for ${JSON.stringify(error)}${error instanceof Error ? error.message : ""}`, () => {
    const meant = imapError(error);

    assert.equal(meant.code, code);
    assert.match(meant.message, /^[A-Z].*\.$/);
  });
}

Deno.test("imapError() waits as long as the server asks, and cuts what it says", () => {
  const limited = imapError({ code: "ETHROTTLE", throttleReset: 7_000 });
  const long = imapError({ responseText: `a\r\n${"x".repeat(1_000)}` });

  assert.equal(limited.code === "rate_limited" && limited.retryAfterMs, 7_000);
  assert.equal(long.provider?.length, 200);
  assert.doesNotMatch(long.provider ?? "", /\n/);
});
