import assert from "node:assert/strict";
import type { SendErrorCode } from "../../core/channel/mod.ts";
import { smtpError } from "./smtp_error.ts";

interface Answer {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly message?: string;
}

function failure({ code = "EENVELOPE", command = "RCPT TO", response, message = "x" }: Answer) {
  const status = response === undefined
    ? {}
    : { response, responseCode: Number.parseInt(response) };
  return Object.assign(new Error(message), { code, command, ...status });
}

const ANSWERS: readonly [answer: Answer, code: SendErrorCode][] = [
  [{ response: "550 5.1.1 No such user" }, "recipient_unreachable"],
  [{ response: "550 no such user here" }, "recipient_unreachable"],
  [{ response: "553 5.1.3 Bad address" }, "recipient_unreachable"],
  [{ response: "552 5.2.2 Mailbox full" }, "recipient_unreachable"],
  [{ response: "550 5.7.1 Blocked by policy" }, "policy_blocked"],
  [{ response: "554 5.7.1 Relay access denied" }, "config"],
  [{ response: "550-5.4.1 Recipient address rejected" }, "recipient_unreachable"],
  [
    { command: "MAIL FROM", response: "553 5.7.1 Sender address rejected: not owned" },
    "permission",
  ],
  [{ command: "MAIL FROM", response: "530 5.7.0 Authentication required" }, "unauthorized"],
  [
    { command: "MAIL FROM", response: "550 5.7.30 Basic authentication is not supported" },
    "unauthorized",
  ],
  [{ command: "MAIL FROM", response: "552 5.3.4 Message too big" }, "too_large"],
  [{ command: "DATA", code: "EMESSAGE", response: "552 Message exceeds size" }, "too_large"],
  [{ command: "DATA", code: "EMESSAGE", response: "554 Transaction failed" }, "rejected"],
  [{ command: "DATA", code: "EMESSAGE", response: "550 5.6.0 Content rejected" }, "rejected"],
  [{ code: "EAUTH", command: "AUTH PLAIN", response: "535 5.7.8 Bad credentials" }, "unauthorized"],
  [
    { code: "EAUTH", command: "AUTH PLAIN", response: "454 4.7.0 Temporary failure" },
    "unavailable",
  ],
  [{ response: "450 4.2.0 Greylisted, try again" }, "rate_limited"],
  [{ response: "421 4.7.0 Too many connections" }, "rate_limited"],
  [{ response: "452 4.5.3 Rate limit exceeded" }, "rate_limited"],
  [{ response: "451 4.3.0 Local error" }, "unavailable"],
  [{ response: "452 4.2.2 Mailbox full" }, "unavailable"],
  [{ code: "EDNS", command: "CONN" }, "unavailable"],
  [{ code: "ESOCKET", command: "CONN", message: "ECONNREFUSED" }, "unavailable"],
  [{ code: "ETIMEDOUT", command: "CONN" }, "unavailable"],
  [{ code: "ESOCKET", command: "CONN", message: "invalid peer certificate" }, "config"],
  [{ code: "ETLS", command: "STARTTLS" }, "config"],
  [{ code: "ENOAUTH", command: "API" }, "unauthorized"],
  [{ code: "EMESSAGE", command: "MAIL FROM", message: "Message size larger" }, "too_large"],
  [{ code: "EENVELOPE", command: "API" }, "rejected"],
  [{ code: "EABORT" }, "unavailable"],
];

Deno.test("smtpError() turns each answer of a server into what follows from it", () => {
  for (const [answer, code] of ANSWERS) {
    assert.equal(smtpError(failure(answer), false).code, code, JSON.stringify(answer));
  }
});

Deno.test("smtpError() knows nothing for sure once the whole mail was handed over without an answer", () => {
  for (const code of ["ECONNECTION", "ESOCKET", "ETIMEDOUT", "EABORT", "EPROTOCOL"]) {
    assert.equal(smtpError(failure({ code, command: "CONN" }), true).code, "ambiguous", code);
  }
  const answered = failure({ code: "EMESSAGE", command: "DATA", response: "451 4.3.0 Later" });
  assert.equal(smtpError(answered, true).code, "unavailable");
});

Deno.test("smtpError() keeps the server's words, shortened, and copes with anything thrown", () => {
  const long = smtpError(failure({ response: `554 5.0.0 ${"why ".repeat(200)}` }), false);

  assert.equal(long.provider?.length, 200);
  for (const thrown of [null, undefined, "text", 42, {}, new Error("")]) {
    assert.equal(smtpError(thrown, false).code, "unavailable");
  }
});
