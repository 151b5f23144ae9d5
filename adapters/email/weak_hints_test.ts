import assert from "node:assert/strict";
import { EmailConfig } from "./config.ts";
import { fakeChannel, fakeIo, lines } from "./fake_channel.ts";
import { ownMessageId } from "./message_id.ts";
import { parseMime } from "./mime/mod.ts";
import { threadCode } from "./quote_history.ts";
import { numberIn, weakHints, withNumber } from "./weak_hints.ts";

const LIMITS = { maxDepth: 50, maxParts: 1_000, maxHeaderBytes: 1 << 20 };

async function hintsOf(
  raw: string,
  config: Partial<EmailConfig>,
  more: { readonly html?: string; readonly subject?: string; readonly isReport?: boolean } = {},
) {
  const { root } = parseMime(new TextEncoder().encode(raw), LIMITS);
  const clues = { root, html: "", subject: "", isReport: false, ...more };
  const all = {
    matchBody: false,
    matchAttachments: false,
    matchNumber: false,
    matchSubject: false,
    ...config,
  };
  return await weakHints(clues, fakeChannel(all).config, fakeIo());
}

function withAttached(...header: readonly string[]): string {
  return lines(
    "Subject: Fwd: Help",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "See below",
    "--b",
    "Content-Type: message/rfc822",
    "",
    ...header,
    "Subject: Re: Help",
    "",
    "the mail",
    "--b--",
  );
}

Deno.test("each kind of match is off unless the mailbox asks for it, and weak", async () => {
  const io = fakeIo();
  const html = `<p class="m_-1${await threadCode("cnv_17", io)}">Hello</p>`;
  const raw = withAttached("Message-ID: <one@posta.example>");
  const clues = { html, subject: "Re: Help [#12]" };

  assert.deepEqual(await hintsOf(raw, {}, clues), []);
  assert.deepEqual(await hintsOf(raw, { matchBody: true }, clues), [{
    by: "conversation",
    conversationId: "cnv_17",
    how: "The signed code in the quoted text",
    onlyParticipants: true,
  }]);
  assert.deepEqual(await hintsOf(raw, { matchAttachments: true }, clues), [{
    by: "message",
    externalId: "one@posta.example",
    how: "A mail attached to it",
    onlyParticipants: true,
  }]);
  assert.deepEqual(await hintsOf(raw, { matchNumber: true }, clues), [
    { by: "number", number: 12, how: "The number in the subject" },
  ]);
  assert.deepEqual(
    (await hintsOf(raw, { matchSubject: true, matchSubjectDays: 7 }, clues))
      .map((hint) => hint.by === "subject" ? hint.withinDays : null),
    [7],
  );
});

Deno.test("an attached mail leads by what it is, answers and refers to, ours also when it is gone", async () => {
  const own = await ownMessageId(
    { outboxId: "msg_01", conversationId: "cnv_9", index: 0 },
    "veloce.example",
    fakeIo(),
  );
  const raw = withAttached(
    `Message-ID: <${own}>`,
    "In-Reply-To: <two@posta.example>",
    "References: <one@posta.example> <two@posta.example>",
  );

  const hints = await hintsOf(raw, { matchAttachments: true });

  assert.deepEqual(
    hints.map((hint) => hint.by === "message" ? hint.externalId : hint.by),
    [own, "two@posta.example", "one@posta.example", "conversation"],
  );
  assert.deepEqual(await hintsOf(raw, { matchAttachments: true }, { isReport: true }), []);
});

Deno.test("numberIn() and withNumber() agree on the number at the end of a subject", () => {
  assert.equal(numberIn("Re: Shoes [#12]"), 12);
  assert.equal(numberIn("Re: [#3] Shoes [#12]"), 12);
  for (const none of ["Shoes #12", "[#0]", "[#12345678901]", "[# 12]", ""]) {
    assert.equal(numberIn(none), null, none);
  }
  assert.equal(withNumber("Re: Shoes", 7), "Re: Shoes [#7]");
  assert.equal(withNumber("Re: Shoes [#7]", 7), "Re: Shoes [#7]");
  assert.equal(withNumber("Re: Shoes [#3] again", 7), "Re: Shoes again [#7]");
  assert.equal(withNumber("", 7), "[#7]");
});

Deno.test("a mailbox made before these settings matches by references and quotes", () => {
  const config = EmailConfig.parse({
    address: "a@b.example",
    inbound: { kind: "push", secret: "12345678" },
    outbound: { kind: "system" },
  });
  assert.deepEqual(
    [config.matchReferences, config.matchBody, config.matchAttachments, config.matchNumber],
    [true, true, false, false],
  );
  assert.deepEqual([config.matchSubject, config.reopenDays], [false, undefined]);
});
