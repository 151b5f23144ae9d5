/** Mail that tells an agent of news, and her answer by mail: posted, or kept as a comment with the reason. */
import assert from "node:assert/strict";
import { keys } from "../../core/store/mod.ts";
import { AUTHSERV, NORA, type NoticeWorld, openNoticeWorld } from "./notice_world.ts";

/** What of a message matters here. */
async function lastOf(world: NoticeWorld) {
  const last = (await world.news()).at(-1);
  assert.ok(last);
  return last;
}

Deno.test("an agent who does not look is told by mail, with the words, a link and how to answer", async () => {
  await using world = await openNoticeWorld();
  const { raw, mail, replyTo, messageId } = await world.notice("Is it <b>done</b>?");

  assert.deepEqual(mail.to, [NORA]);
  assert.equal(world.headerOf(mail.raw, "Subject"), "[#1] Ana: The bike is broken");
  assert.equal(world.headerOf(mail.raw, "From"), "Parley <support@veloce.example>");
  assert.equal(world.headerOf(mail.raw, "Auto-Submitted"), "auto-generated");
  assert.equal(world.headerOf(mail.raw, "X-Auto-Response-Suppress"), "All");
  assert.match(replyTo, /^support\+a\.[a-z2-7]{16}@veloce\.example$/);
  assert.match(messageId, /^<n\.[a-z2-7]{16}\.\d+@veloce\.example>$/);
  const words = raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  assert.match(words, /--- Write your answer above this line ---/);
  assert.match(words, /Is it <b>done<\/b>\?/);
  assert.match(words, /Is it &lt;b&gt;done&lt;\/b&gt;\?/);
  assert.match(words, new RegExp(`http://localhost:8000/inbox/all/open/${world.id}`));
  assert.match(words, /Reply to this mail to answer Ana/);
});

Deno.test("her answer goes to the customer as her reply, without quote and signature", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const before = world.server.received.length;
  const journalId = await world.answer(notice, {
    text: "It is mended.\r\n\r\n-- \r\nNora Visser",
  });

  const reply = await lastOf(world);
  assert.deepEqual(
    { kind: reply.kind, author: reply.author.id, text: reply.text, status: reply.status },
    { kind: "reply", author: world.inbox.agent.user.id, text: "It is mended.", status: "sent" },
  );
  assert.deepEqual(reply.trace.map(({ step }) => step), ["answered_by_mail"]);
  assert.match(reply.trace[0]?.detail ?? "", new RegExp(AUTHSERV));
  const journal = await world.inbox.store.get(keys.journal(journalId));
  assert.deepEqual([journal?.state, journal?.messageIds], ["done", [reply.id]]);
  const [sent, ...more] = world.server.received.slice(before);
  assert.deepEqual(more, []);
  assert.deepEqual(sent?.to, ["ana@posta.example"]);
  assert.match(world.headerOf(sent.raw, "From"), /^"?Nora Visser \(Veloce\)/);
  assert.doesNotMatch(new TextDecoder().decode(sent.raw), /Write your answer|\+a\.|Any news/);
  const conversation = await world.inbox.conversation(world.id);
  assert.equal(conversation.waitingSince, null);
  const mark = await world.inbox.store.get(
    keys.readMark(world.inbox.agent.user.id, world.id),
  );
  assert.equal(mark, reply.seq, "whoever answers has read");
  assert.deepEqual(await world.wait(), [], "and is told no more of it");
});

Deno.test("one mail tells of all that came within two minutes; the next only of what came later", async () => {
  await using world = await openNoticeWorld();
  await world.write("First");
  await world.inbox.core.notifications.drain();
  world.inbox.ports.clock.advance(60_000);
  await world.inbox.runJobs();
  const { raw } = await world.notice("Second");
  assert.match(raw, /First/);
  assert.match(raw, /Second/);

  const next = await world.notice("Third");
  assert.doesNotMatch(next.raw.split("________")[0] ?? "", /First|Second/);
  assert.equal(
    world.headerOf(next.mail.raw, "References"),
    `<n.${codeOf(next.replyTo)}.0@veloce.example>`,
  );
});

function codeOf(address: string): string {
  return /\+a\.(.{16})@/.exec(address)?.[1] ?? "";
}

Deno.test("who has read it meanwhile is not told", async () => {
  await using world = await openNoticeWorld();
  await world.write("Any news?");
  const read = await world.inbox.core.conversations.markRead(world.inbox.agent, world.id);
  assert.ok(read.ok);

  assert.deepEqual(await world.wait(), []);
});

Deno.test("an answer in HTML keeps its form, its files, and none of the pictures of quote and signature", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const file = (name: string, more: string) => [
    ...["--b", `Content-Type: image/png; name=${name}`, more, "Content-Transfer-Encoding: base64"],
    ...[`Content-Disposition: attachment; filename=${name}`, "", "iVBORw0KGgo="],
  ];
  await world.answer(notice, {
    body: [
      ...["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", ""],
      ...["--b", "Content-Type: text/html", ""],
      "<div>It is <b>mended</b>.</div><div class=gmail_signature>Nora <img src=cid:logo></div>",
      "<div class=gmail_quote>On Mon, Parley wrote: <blockquote>Any news?</blockquote></div>",
      ...file("bill.png", "Content-ID: <bill>"),
      ...file("logo.png", "Content-ID: <logo>"),
      "--b--",
    ],
  });

  const reply = await lastOf(world);
  assert.equal(reply.kind, "reply");
  assert.equal(reply.html, "<div>It is <b>mended</b>.</div>");
  assert.deepEqual(reply.attachments.map(({ name }) => name), ["bill.png"]);
  const sent = new TextDecoder().decode(world.server.received.at(-1)?.raw);
  assert.match(sent, /It is <b>mended<\/b>/);
  assert.match(sent, /filename=bill\.png/);
});

Deno.test("she may write twice; the same mail twice is one reply", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.answer(notice, { text: "One", messageId: "<same@parley.example>" });
  await world.answer(notice, {
    text: "One",
    messageId: "<same@parley.example>",
    isThreaded: false,
  });
  await world.answer(notice, { text: "Two" });

  const replies = (await world.news()).filter(({ kind }) => kind === "reply");
  assert.deepEqual(replies.map(({ text }) => text), ["One", "Two"]);
});

Deno.test("an answer finds its way by the mail it answers where the mailbox takes no codes", async () => {
  await using world = await openNoticeWorld({ replyCodes: false });
  const notice = await world.notice();
  assert.equal(notice.replyTo, "support@veloce.example");
  await world.answer(notice);

  assert.equal((await lastOf(world)).kind, "reply");
});

Deno.test("an answer may come by any mailbox of the inbox, and by none of another", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const help = await world.addChannel("help@veloce.example", { authservId: AUTHSERV });
  await world.answer(notice, { channelId: help });
  assert.equal((await lastOf(world)).kind, "reply");

  const { core } = world.inbox;
  const other = await core.inboxes.create(world.root, { name: "Sales" });
  assert.ok(other.ok);
  const moved = await core.channels.update(world.root, help, { inboxId: other.value.id });
  assert.ok(moved.ok);
  const count = (await world.news()).length;
  await world.answer(notice, { channelId: help, isThreaded: false });
  assert.equal((await world.news()).length, count);
  const conversation = await world.inbox.conversation(await world.conversationId(help));
  assert.equal(conversation.inboxId, other.value.id, "there it is mail like any other");
});

Deno.test("the same answer by ten mailboxes at once is one reply", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const channelIds = await Promise.all(
    Array.from(
      { length: 10 },
      (_, i) => world.addChannel(`box${i}@veloce.example`, { authservId: AUTHSERV }),
    ),
  );
  const messageId = "<same@parley.example>";
  await Promise.all(channelIds.map((channelId) => world.answer(notice, { channelId, messageId })));

  assert.deepEqual((await world.news()).map(({ kind }) => kind), ["inbound", "reply"]);
  const failed = await world.inbox.core.inbound.failed(world.root, {});
  assert.ok(failed.ok && failed.value.length === 0);
});

Deno.test("the same answer that nobody proves is one comment, by however many mailboxes it comes", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const channelIds = await Promise.all(
    Array.from({ length: 5 }, (_, i) => world.addChannel(`box${i}@veloce.example`)),
  );
  const messageId = "<same@parley.example>";
  await Promise.all(channelIds.map((channelId) => world.answer(notice, { channelId, messageId })));

  assert.deepEqual((await world.news()).map(({ kind }) => kind), ["inbound", "comment"]);
  const failed = await world.inbox.core.inbound.failed(world.root, {});
  assert.ok(failed.ok && failed.value.length === 0);
  const told = world.server.received.filter(({ to }) => to.includes(NORA));
  assert.equal(told.length, 2, "the notification, and once why it was not sent");
});

Deno.test("two answers at once are both there, the second after the first", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await Promise.all([
    world.answer(notice, { text: "One" }),
    world.answer(notice, { text: "Two" }),
  ]);

  const texts = (await world.news()).filter(({ kind }) => kind !== "inbound")
    .map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual(texts.sort(), ["reply One", "reply Two"]);
});

Deno.test("an answer to a chat goes to the chat, in plain words", async () => {
  await using world = await openNoticeWorld();
  const { inbox } = world;
  const { conversationId } = await inbox.write("Hello");
  await inbox.core.conversations.update(inbox.agent, conversationId, {
    assigneeId: inbox.agent.user.id,
  });
  await inbox.write("Are you there?", { conversationId });
  const [mail] = await world.wait();
  assert.ok(mail);
  const raw = new TextDecoder().decode(mail.raw);
  const replyTo = /[^<\s]+@[^>\s]+/.exec(world.headerOf(mail.raw, "Reply-To"))?.[0] ?? "";
  await world.answer({ mail, raw, replyTo, messageId: world.headerOf(mail.raw, "Message-ID") }, {
    body: ["Content-Type: text/html", "", "<p>Yes, <i>here</i>.</p><p>Go on.</p>"],
  });

  const last = (await inbox.thread(conversationId)).at(-1);
  assert.deepEqual([last?.kind, last?.text, last?.hasHtml], [
    "reply",
    "Yes, here.\n\nGo on.",
    false,
  ]);
});

interface Refused {
  readonly says: RegExp;
  /** What Nora is told; null: nothing. */
  readonly told: RegExp | null;
  readonly prepare?: (world: NoticeWorld) => Promise<unknown>;
  readonly draft?: Parameters<NoticeWorld["answer"]>[1];
}

const REFUSED: Readonly<Record<string, Refused>> = {
  "somebody who only says to be her": {
    says: /no mail server that is trusted/,
    told: /DMARC/,
    draft: { headers: [`Authentication-Results: ${AUTHSERV}; dmarc=fail`] },
  },
  "a server nobody trusts": {
    says: /no mail server that is trusted/,
    told: /DMARC/,
    draft: { headers: ["Authentication-Results: mx.evil.example; dmarc=pass"] },
  },
  "two senders": {
    says: /from an unclear sender/,
    told: /another address/,
    draft: { from: `${NORA}, mallory@evil.example` },
  },
  "two senders, one of them with an address that mail programs do not take": {
    says: /from an unclear sender/,
    told: /another address/,
    draft: {
      from: `Nora <${NORA}>, "a b"@evil.example`,
      headers: [`Authentication-Results: ${AUTHSERV}; dmarc=pass`],
    },
  },
  "a From that the trusted server read otherwise": {
    says: /no mail server that is trusted/,
    told: /DMARC/,
    draft: {
      from: `Nora <${NORA}> (x) <mallory@evil.example>`,
      headers: [`Authentication-Results: ${AUTHSERV}; dmarc=pass header.from=evil.example`],
    },
  },
  "another address of hers": {
    says: /from nora@home\.example.*another address/,
    told: /another address than yours/,
    draft: { from: "nora@home.example" },
  },
  "a colleague it was forwarded to": {
    says: /from tom@parley\.example/,
    told: /another address than yours/,
    draft: { from: "tom@parley.example" },
  },
  "after 30 days": {
    says: /more than 30 days/,
    told: /30 days/,
    prepare: (world) => {
      world.inbox.ports.clock.advance(31 * 24 * 60 * 60_000);
      return Promise.resolve();
    },
  },
  "without words of hers": {
    says: /no words were found/,
    told: /No words of yours/,
    draft: { text: "" },
  },
  "when the customer wrote meanwhile": {
    says: /somebody wrote meanwhile/,
    told: /Forget it[^]*reply to this mail/i,
    prepare: (world) => world.write("Forget it"),
  },
  "after she left the inbox": {
    says: /may not answer in this inbox/,
    told: /may not answer/,
    prepare: ({ inbox, root }) => inbox.core.inboxes.update(root, inbox.inboxId, { memberIds: [] }),
  },
  "after she was deactivated": {
    says: /deactivated/,
    told: null,
    prepare: ({ inbox, root }) => inbox.core.access.deactivateUser(root, inbox.agent.user.id),
  },
};

for (const [words, { says, told, prepare, draft = {} }] of Object.entries(REFUSED)) {
  Deno.test(`an answer by mail is kept as a comment and not sent: ${words}`, async () => {
    await using world = await openNoticeWorld();
    const notice = await world.notice();
    await prepare?.(world);
    const before = world.server.received.length;
    await world.answer(notice, draft);

    const comment = await lastOf(world);
    assert.equal(comment.kind, "comment");
    assert.equal(comment.author.type, "system");
    assert.match(comment.text, says);
    if (draft.text !== "") assert.match(comment.text, /It is mended\./);
    assert.deepEqual(comment.trace[0]?.step, "answer_refused");
    assert.notEqual(comment.journalId, undefined, "the mail itself stays");
    const mails = world.server.received.slice(before);
    assert.deepEqual(mails.map(({ to }) => to), told === null ? [] : [[NORA]]);
    const raw = new TextDecoder().decode(mails[0]?.raw).replaceAll("=\r\n", "");
    if (told !== null) assert.match(raw, told);
    if (words === "after she left the inbox") assert.doesNotMatch(raw, /Ana|bike/);
  });
}

Deno.test("her answer to the mail that told her of news is sent all the same", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.write("And the bell");
  await world.answer(notice);
  assert.equal((await lastOf(world)).kind, "comment");
  const told = world.server.received.at(-1);
  assert.ok(told);
  await world.answer({ ...notice, messageId: world.headerOf(told.raw, "Message-ID") });

  assert.equal((await lastOf(world)).kind, "reply");
});

Deno.test("what a colleague did meanwhile is told with the customer's words, and not overlooked by an answer", async () => {
  await using world = await openNoticeWorld();
  const { inbox, root, id } = world;
  const tom = await inbox.core.access.createUser(root, {
    name: "Tom",
    email: "tom@parley.example",
    role: "admin",
    password: "correct horse battery",
  });
  assert.ok(tom.ok);
  const asTom = { type: "user", user: tom.value, inboxIds: new Set<string>(), sessionHash: "" };
  const post = (kind: "reply" | "comment", text: string) =>
    inbox.core.messages.post({ ...asTom, type: "user" }, id, { kind, text, undoSeconds: 0 });
  await world.write("Any news?");
  await post("comment", "I look into it");
  const notice = await world.notice("Hello?");
  assert.match(notice.raw, /Tom \(comment\)[^]*I look into it[^]*Hello\?/);

  await post("reply", "It is mended since Monday.");
  await world.answer(notice, { text: "We have no idea." });
  assert.match((await lastOf(world)).text, /somebody wrote meanwhile/);
  const told = world.server.received.at(-1);
  assert.match(new TextDecoder().decode(told?.raw), /mended since Monday/);
});

Deno.test("nobody is told twice of the same message", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.write("And the bell");
  await world.answer(notice);
  assert.match(new TextDecoder().decode(world.server.received.at(-1)?.raw), /And the bell/);

  const mails = (await world.wait()).map(({ raw }) => new TextDecoder().decode(raw));
  assert.deepEqual(mails.filter((raw) => /assigned to you/.test(raw)), []);
});

Deno.test("a code nobody was given is no code", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const forged = "support+a.aaaaaaaaaaaaaaaa@veloce.example";
  await world.answer(notice, { to: forged, isThreaded: false });

  const { items } = await rows(world);
  assert.equal(items.length, 2, "an ordinary mail of its own");
  const [first] = items.filter(({ id }) => id !== world.id);
  const [message] = await world.inbox.thread(first?.id ?? "");
  assert.equal(message?.kind, "inbound");
  assert.ok(message.trace.some(({ step }) => step === "reply_code_refused"));
});

Deno.test("an answer follows its conversation when that was merged into another", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.post(
    "From: Ana <ana@posta.example>\r\nMessage-ID: <b@o>\r\nSubject: Bell\r\n\r\nBell?",
  );
  const { items } = await rows(world);
  const into = items.find(({ id }) => id !== world.id)?.id ?? "";
  const merged = await world.inbox.core.threads.merge(world.inbox.agent, world.id, into);
  assert.ok(merged.ok, JSON.stringify(merged));
  await world.answer(notice);
  const thread = await world.inbox.thread(into);
  assert.match(
    thread.at(-1)?.text ?? "",
    /somebody wrote meanwhile/,
    "the other mail was not seen",
  );
  const told = world.server.received.at(-1);
  assert.ok(told);
  assert.match(new TextDecoder().decode(told.raw), /Bell\?/);
  await world.answer({ ...notice, messageId: world.headerOf(told.raw, "Message-ID") }, {
    to: /[^<\s]+@[^>\s]+/.exec(world.headerOf(told.raw, "Reply-To"))?.[0] ?? "",
  });

  const last = (await world.inbox.thread(into)).at(-1);
  assert.deepEqual([last?.kind, last?.text], ["reply", "It is mended."]);
});

Deno.test("news of a conversation that was merged before the mail was due is told of the other", async () => {
  await using world = await openNoticeWorld();
  await world.write("Any news?");
  await world.inbox.core.notifications.drain();
  await world.post(
    "From: Ana <ana@posta.example>\r\nMessage-ID: <b@o>\r\nSubject: Bell\r\n\r\nBell?",
  );
  const into = (await rows(world)).items.find(({ id }) => id !== world.id)?.id ?? "";
  const merged = await world.inbox.core.threads.merge(world.inbox.agent, world.id, into);
  assert.ok(merged.ok, JSON.stringify(merged));
  const mails = await world.wait();

  assert.equal(mails.length, 1);
  const raw = new TextDecoder().decode(mails[0]?.raw).replaceAll("=\r\n", "");
  assert.match(raw, /Any news\?/);
  assert.match(raw, new RegExp(into));
});

async function rows(world: NoticeWorld) {
  const listed = await world.inbox.core.conversations.list(world.root, {
    channelId: world.channelId,
  });
  assert.ok(listed.ok);
  return listed.value;
}

Deno.test("an absence is noted, sent to nobody, and answered by nobody", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  const pass = `Authentication-Results: ${AUTHSERV}; dmarc=pass`;
  await world.answer(notice, {
    headers: [pass, "Auto-Submitted: auto-replied"],
    text: "I am away",
  });

  const last = await lastOf(world);
  assert.equal(last.kind, "comment");
  assert.match(last.text, /it says that a machine wrote it\.\n\nI am away$/);
  assert.equal(world.server.received.at(-1), notice.mail);
});

Deno.test("the notification itself and reports on it become no conversations", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.post(notice.raw);
  await world.post([
    ...["From: mailer-daemon@parley.example", "To: support@veloce.example", "Subject: Undelivered"],
    ...["Message-ID: <dsn@parley.example>", "MIME-Version: 1.0"],
    "Content-Type: multipart/report; report-type=delivery-status; boundary=r",
    ...["", "--r", "Content-Type: text/plain", "", "No such user", "--r"],
    ...["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx", ""],
    ...[`Final-Recipient: rfc822; ${NORA}`, "Action: failed", "Status: 5.1.1", "", "--r"],
    ...[
      "Content-Type: message/rfc822",
      "",
      `Message-ID: ${notice.messageId}`,
      "",
      "x",
      "--r--",
      "",
    ],
  ].join("\r\n"));

  assert.equal((await rows(world)).items.length, 1);
  assert.deepEqual((await world.news()).map(({ kind }) => kind), ["inbound"]);
  const failed = await world.inbox.core.inbound.failed(world.root, {});
  assert.ok(failed.ok && failed.value.length === 0);
});

Deno.test("a customer who answers to all, the notification's address among them, is no colleague", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.answer(notice, { from: "Ana <ana@posta.example>", text: "Thank you" });

  const last = await lastOf(world);
  assert.equal(last.kind, "inbound");
  assert.match(last.text, /^Thank you/);
});

Deno.test("mail from an agent to the mailbox itself is mail like any other", async () => {
  await using world = await openNoticeWorld();
  const notice = await world.notice();
  await world.answer(notice, { to: "support@veloce.example", isThreaded: false });

  assert.equal((await rows(world)).items.length, 2);
});

Deno.test("nobody is told at an address of our own, of machines' mail, or of what is closed", async () => {
  await using world = await openNoticeWorld();
  await world.post([
    ...["From: Ana <ana@posta.example>", "Auto-Submitted: auto-replied", "Message-ID: <o@o>"],
    ...["In-Reply-To: <w1@posta.example>", "", "I am away"],
  ].join("\r\n"));
  assert.deepEqual(await world.wait(), []);

  await world.write("Any news?");
  await world.inbox.core.conversations.update(world.inbox.agent, world.id, { status: "closed" });
  assert.deepEqual(await world.wait(), []);

  await world.addChannel(NORA);
  await world.write("Any news?");
  assert.deepEqual(await world.wait(), []);
});
