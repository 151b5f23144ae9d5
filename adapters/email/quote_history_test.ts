import assert from "node:assert/strict";
import { splitQuotedText } from "../../core/model/quoted_text.ts";
import { fakeChannel, fakeIo, lines, messageOf, RECEIVED_AT } from "./fake_channel.ts";
import { replyBody } from "./compose_mail.ts";
import { quotedConversation, quoteHistory } from "./quote_history.ts";

const MAILS = [
  { authorName: "Ada\nLovelace", at: RECEIVED_AT, text: "Is <b>it</b> there?\n\nAda" },
  { authorName: "Nora", at: RECEIVED_AT - 60_000, text: "Soon" },
];

Deno.test("quoteHistory() quotes so that answers can be cut, in text and in HTML", async () => {
  const quote = await quoteHistory(MAILS, "cnv_17", fakeIo());
  assert.match(quote.text, /^On Mon, 02 Mar 2026 12:00 UTC, Ada Lovelace wrote:\n> Is <b>it/);
  assert.ok(quote.html.includes("&lt;b&gt;it"));
  assert.equal(splitQuotedText(`Thanks!\n\n${quote.text}`).text.trim(), "Thanks!");
  assert.deepEqual(await quoteHistory([], "cnv_17", fakeIo()), { text: "", html: "" });
});

Deno.test("quotedConversation() believes signed codes only, also behind what a mail program puts in front", async () => {
  const io = fakeIo();
  const { html } = await quoteHistory(MAILS, "cnv_17", io);

  assert.equal(await quotedConversation(html.replaceAll("parley_", "m_-42parley_"), io), "cnv_17");
  assert.equal(await quotedConversation(html.replaceAll("parley_17", "parley_18"), io), null);
  const flood = `<p class="parley_17_${"a".repeat(16)}">`.repeat(100) + html;
  assert.equal(await quotedConversation(flood, io), null);
});

Deno.test("a mail that kept nothing but our quote finds its conversation", async () => {
  const { html } = await quoteHistory(MAILS, "cnv_17", fakeIo());
  const mail = await messageOf(lines(
    "From: ada@customer.example",
    "Subject: Re: Help",
    "Message-ID: <bare@customer.example>",
    "Content-Type: text/html",
    "",
    `<p>Thanks!</p>${html}`,
  ));
  const [hint] = mail.hints;
  assert.deepEqual(hint, {
    by: "conversation",
    conversationId: "cnv_17",
    how: "The signed code in the quoted text",
    onlyParticipants: true,
  });
});

Deno.test("replyBody() puts the history below the signature", async () => {
  const email = { to: [], cc: [], bcc: [], subject: "", inReplyTo: null, references: [] };
  const quote = await quoteHistory(MAILS, "cnv_17", fakeIo());
  const body = replyBody(
    { text: "Here it is", email: { ...email, signature: "Nora" } },
    fakeChannel().config.signature,
    quote,
  );
  assert.match(body.text, /^Here it is\n\n-- \nNora\n\nOn Mon/);
  assert.ok(body.html.indexOf("parley_signature") < body.html.indexOf("parley_history"));
});
