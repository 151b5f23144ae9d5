import assert from "node:assert/strict";
import type { ApiReplyDefaults } from "../../../core/model/api.ts";
import { letterStandstill } from "./letter_standstill.ts";

const ANA = { name: "Ana", address: "ana@posta.example" };
const SOMEBODY: ApiReplyDefaults = {
  to: [ANA],
  cc: [],
  sender: [ANA],
  subject: "Re: Claim [#1]",
  from: { name: "Support", address: "support@veloce.example" },
  signature: "",
  history: false,
};
const NOBODY: ApiReplyDefaults = { ...SOMEBODY, to: [], sender: [] };

Deno.test("letterStandstill() is none while a reply can be sent, or nobody knows yet", () => {
  assert.equal(letterStandstill(SOMEBODY, null, "Ana"), null);
  assert.equal(letterStandstill(null, null, "Ana"), null);
  assert.equal(letterStandstill(NOBODY, { to: [ANA], cc: [], bcc: [] }, "Ana"), null);
  // The author took everybody out: the field says that.
  assert.equal(letterStandstill(SOMEBODY, { to: [], cc: [], bcc: [] }, "Ana"), null);
});

Deno.test("letterStandstill() says that somebody left no address, or that there is no mailbox", () => {
  assert.match(letterStandstill(NOBODY, null, "Visitor")?.title ?? "", /Visitor left no email/);
  const lost = letterStandstill({ ...SOMEBODY, problem: "Connect a mailbox" }, null, "Ana");
  assert.equal(lost?.text, "Connect a mailbox.");
});
