import assert from "node:assert/strict";
import fc from "fast-check";
import { ANSWER_LINE, type NoticeFacts, noticeMail } from "./notice_mail.ts";

const FACTS: NoticeFacts = {
  number: 123,
  subject: "The bike is broken",
  contactName: "Anna",
  channelLabel: "Email",
  reason: "assigned",
  refusal: null,
  messages: [{
    author: "Anna",
    at: Date.UTC(2026, 2, 2, 9),
    text: "Is it <b>?",
    html: null,
    files: ["a.pdf"],
  }],
  more: 0,
  canAnswer: true,
  url: "https://inbox.example/inbox/all/open/cnv_1",
  settingsUrl: "https://inbox.example/settings/profile",
};

Deno.test("noticeMail() begins with the line answers go above, and ends with where to answer and why it came", () => {
  const { subject, text, html } = noticeMail(FACTS);

  assert.equal(subject, "[#123] Anna: The bike is broken");
  assert.match(text, new RegExp(`^--- ${ANSWER_LINE} ---\\n`));
  assert.match(text, /Anna, Mon, 02 Mar 2026 09:00 UTC\n\nIs it <b>\?\n\nFiles: a\.pdf/);
  assert.match(text, /Reply to this mail to answer Anna[^]*cnv_1[^]*assigned to you[^]*profile$/);
  assert.match(html, /Is it &lt;b&gt;\?/);
  assert.match(html, new RegExp(`parley_history[^]*${ANSWER_LINE}[^]*Is it`));
});

Deno.test("noticeMail() says so when it cannot be answered, and why an answer was not sent", () => {
  const { text, html } = noticeMail({
    ...FACTS,
    canAnswer: false,
    reason: null,
    refusal: "Somebody <wrote>.",
    more: 3,
  });

  assert.doesNotMatch(text, new RegExp(ANSWER_LINE));
  assert.match(text, /^Your answer was not sent to the customer\. Somebody <wrote>\./);
  assert.match(text, /3 more messages are in Parley\.[^]*cannot be answered/);
  assert.match(html, /Somebody &lt;wrote&gt;\./);
});

Deno.test("noticeMail() calls a conversation without a subject by its channel", () => {
  const facts = { ...FACTS, subject: " ", channelLabel: "Website chat" };
  assert.equal(noticeMail(facts).subject, "[#123] Anna: Website chat");
});

Deno.test("noticeMail() lets nothing strangers write out of its place", () => {
  const wild = fc.constantFrom(
    "<script>",
    "\r\nBcc: x@y",
    '" onclick="',
    "&lt;",
    "\u202e",
    "a",
    "'",
  );
  const words = fc.array(wild, { maxLength: 6 }).map((pieces) => pieces.join(""));
  fc.assert(fc.property(words, words, words, words, (subject, contactName, author, text) => {
    const [message] = FACTS.messages;
    assert.ok(message);
    const files = [text];
    const mail = noticeMail({
      ...FACTS,
      subject,
      contactName,
      messages: [{ ...message, author, text, files }],
    });

    assert.doesNotMatch(mail.subject, /[\r\n\u202e]/);
    assert.doesNotMatch(mail.html, /<script|"[^"<>]* onclick="/);
  }));
});
