/** How a mail finds its conversation, key by key: what each setting does, whom it lets in, and what the trace says. */
import assert from "node:assert/strict";
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import { type MailWorld, openMailWorld } from "../fakes/mail_world.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
let count = 0;

interface Mail {
  readonly from?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly html?: string;
}

/** Posts a mail; the message it became. */
async function post(world: MailWorld, mail: Mail = {}): Promise<Message> {
  const { from = "ana@posta.example", subject = "Shoes", headers = [], html } = mail;
  const journalId = await world.post([
    `From: ${from}`,
    "To: support@veloce.example",
    `Subject: ${subject}`,
    `Message-ID: <mail-${++count}@posta.example>`,
    ...headers,
    `Content-Type: text/${html === undefined ? "plain" : "html"}`,
    "",
    html ?? `Text ${count}`,
  ].join("\r\n"));
  const journal = await world.inbox.store.get(keys.journal(journalId));
  const ref = await world.inbox.store.get(keys.messageRef(journal?.messageIds[0] ?? ""));
  assert(ref !== null, JSON.stringify(journal));
  const message = await world.inbox.store.get(keys.message(ref.conversationId, ref.seq));
  assert(message !== null);
  return message;
}

function stepsOf({ trace }: Message): readonly string[] {
  return trace.map(({ step }) => step);
}

function detailOf({ trace }: Message, step: string): string | undefined {
  return trace.find((one) => one.step === step)?.detail;
}

/** The HTML of the latest mail we sent, as a mail program quotes it. */
function quoteOf(world: MailWorld): string {
  const raw = new TextDecoder().decode(world.server.received.at(-1)?.raw);
  const [, code] = /(parley_[a-z0-9]+_[a-z2-7]{16})/.exec(raw.replaceAll("=\r\n", "")) ?? [];
  assert(code !== undefined, raw);
  return `<p>Thanks</p><blockquote><div class="gmail-m_1${code}">…</div></blockquote>`;
}

Deno.test("references lead to the conversation, unless the mailbox turns them off", async () => {
  for (const matchReferences of [true, false]) {
    await using world = await openMailWorld({ matchReferences });
    const first = await post(world);

    const answer = await post(world, {
      subject: "Re: Shoes",
      headers: [`References: <${first.externalId}>`],
    });

    assert.equal(answer.conversationId === first.conversationId, matchReferences);
    assert.equal(
      detailOf(answer, "conversation_matched"),
      matchReferences ? "References" : undefined,
    );
  }
});

Deno.test("the code in our quoted HTML leads back, for participants only and unless turned off", async () => {
  for (const matchBody of [true, false]) {
    await using world = await openMailWorld({ matchBody });
    const first = await post(world);
    await world.reply(first.conversationId, "Which size?");
    const raw = new TextDecoder().decode(world.server.received.at(-1)?.raw);
    assert.equal(raw.includes("parley_letter"), matchBody);
    if (!matchBody) continue;
    const html = quoteOf(world);

    const answer = await post(world, { subject: "42", html });
    const stranger = await post(world, { subject: "Me too", html, from: "eve@evil.example" });

    assert.equal(answer.conversationId, first.conversationId);
    assert.match(detailOf(answer, "conversation_matched") ?? "", /quoted text/);
    assert.notEqual(stranger.conversationId, first.conversationId);
    assert.match(detailOf(stranger, "hint_refused") ?? "", /no part/);
    assert.ok(!stepsOf(stranger).includes("conversation_matched"));
  }
});

Deno.test("the number in our subject leads the customer back, and nobody else", async () => {
  await using world = await openMailWorld({ matchNumber: true });
  const first = await post(world);
  await world.reply(first.conversationId, "Which size?");
  const raw = world.server.received.at(-1)?.raw ?? new Uint8Array();
  const subject = world.headerOf(raw, "Subject");
  const { number } = await world.inbox.conversation(first.conversationId);
  assert.equal(subject, `Re: Shoes [#${number}]`);

  const answer = await post(world, { subject: `AW: Shoes [#${number}]` });
  const stranger = await post(world, { subject, from: "eve@evil.example" });

  assert.equal(answer.conversationId, first.conversationId);
  assert.match(detailOf(answer, "conversation_matched") ?? "", /number/);
  assert.ok(!stepsOf(answer).includes("subject_changed"));
  assert.notEqual(stranger.conversationId, first.conversationId);
});

Deno.test("the same subject joins the sender's latest conversation for so many days, when asked for", async () => {
  for (const matchSubject of [true, false]) {
    await using world = await openMailWorld({ matchSubject, matchSubjectDays: 3 });
    const first = await post(world);

    const soon = await post(world, { subject: "RE:  shoes" });
    const other = await post(world, { subject: "Socks" });
    const stranger = await post(world, { from: "bob@posta.example" });
    const machine = await post(world, { headers: ["Auto-Submitted: auto-generated"] });
    world.inbox.ports.clock.advance(4 * DAY_MS);
    const late = await post(world);

    assert.equal(soon.conversationId === first.conversationId, matchSubject);
    assert.notEqual(other.conversationId, first.conversationId);
    assert.notEqual(stranger.conversationId, first.conversationId);
    assert.notEqual(machine.conversationId, first.conversationId, "it answers nothing");
    assert.notEqual(late.conversationId, first.conversationId);
    if (matchSubject) {
      assert.match(detailOf(soon, "conversation_matched") ?? "", /same subject/);
    }
  }
});

Deno.test("what answers a conversation closed long ago begins another that leads back to it", async () => {
  await using world = await openMailWorld({ reopenDays: 14 });
  const first = await post(world);
  const answer = { headers: [`In-Reply-To: <${first.externalId}>`] };
  await world.inbox.core.conversations.update(world.root, first.conversationId, {
    status: "closed",
  });
  world.inbox.ports.clock.advance(10 * DAY_MS);
  const soon = await post(world, answer);
  await world.inbox.core.conversations.update(world.root, first.conversationId, {
    status: "closed",
  });
  world.inbox.ports.clock.advance(20 * DAY_MS);

  const machine = await post(world, {
    headers: [...answer.headers, "Auto-Submitted: auto-replied"],
  });
  const late = await post(world, answer);

  assert.equal(machine.conversationId, first.conversationId);
  assert.equal(soon.conversationId, first.conversationId);
  assert.notEqual(late.conversationId, first.conversationId);
  assert.ok(stepsOf(late).includes("closed_long_ago"));
  const begun = await world.inbox.conversation(late.conversationId);
  assert.equal(begun.originId, first.conversationId);
});

Deno.test("an answer about something else is flagged, once, and our subject follows it", async () => {
  await using world = await openMailWorld();
  const first = await post(world);
  const headers = [`In-Reply-To: <${first.externalId}>`];

  const same = await post(world, { subject: "Re: AW: Shoes", headers });
  const changed = await post(world, { subject: "Socks", headers });
  const again = await post(world, { subject: "Re: socks", headers });
  const empty = await post(world, { subject: "Re:", headers });
  const back = await post(world, { subject: "Shoes", headers });
  const machine = await post(world, {
    subject: "Out of office",
    headers: [...headers, "Auto-Submitted: auto-replied"],
  });

  const flagged = [same, changed, again, empty, back, machine]
    .map((one) => stepsOf(one).includes("subject_changed"));
  assert.deepEqual(flagged, [false, true, false, false, false, false]);
  await post(world, { subject: "Socks", headers });
  await world.reply(first.conversationId, "Which ones?");
  const raw = world.server.received.at(-1)?.raw ?? new Uint8Array();
  assert.equal(world.headerOf(raw, "Subject"), "Re: Socks");
});

Deno.test("always split: a sender's mail about something else begins a conversation", async () => {
  await using world = await openMailWorld();
  const first = await post(world);
  const headers = [`In-Reply-To: <${first.externalId}>`];
  const rule = await world.inbox.core.threadRules.add(world.inbox.agent, world.channelId, {
    action: "split",
    sender: "Ana@posta.example",
  });
  assert(rule.ok, JSON.stringify(rule));

  const same = await post(world, { subject: "Re: Shoes", headers });
  const other = await post(world, { subject: "Socks", headers });
  const stranger = await post(world, { subject: "Hats", headers, from: "bob@posta.example" });

  assert.equal(same.conversationId, first.conversationId);
  assert.notEqual(other.conversationId, first.conversationId);
  assert.match(detailOf(other, "thread_rule") ?? "", /Nora Visser/);
  assert.equal(stranger.conversationId, first.conversationId);
  const origin = (await world.inbox.conversation(other.conversationId)).originId;
  assert.equal(origin, first.conversationId);

  const { id } = rule.value;
  const removed = await world.inbox.core.threadRules.remove(
    world.inbox.agent,
    world.channelId,
    id,
  );
  assert(removed.ok);
  const later = await post(world, { subject: "Belts", headers });
  assert.equal(later.conversationId, first.conversationId);
});

Deno.test("always join: a sender's mail about one thing goes to their latest conversation about it", async () => {
  await using world = await openMailWorld();
  const { core, agent } = world.inbox;
  const first = await post(world, { subject: "Alarm" });
  const other = await post(world, { subject: "Something else" });
  const rule = { action: "join", sender: "ana@posta.example", subject: "Re: Alarm" } as const;
  const added = await core.threadRules.add(agent, world.channelId, rule);
  const twin = await core.threadRules.add(agent, world.channelId, rule);
  assert(added.ok && twin.ok);
  assert.equal(twin.value.id, added.value.id);
  assert.deepEqual(
    await core.threadRules.list(agent, world.channelId),
    { ok: true, value: [added.value] },
  );

  const joined = await post(world, { subject: "ALARM" });
  const apart = await post(world, { subject: "Something else" });
  const stranger = await post(world, { subject: "Alarm", from: "bob@posta.example" });

  assert.equal(joined.conversationId, first.conversationId);
  assert.ok(stepsOf(joined).includes("thread_rule"));
  assert.notEqual(apart.conversationId, other.conversationId);
  assert.notEqual(stranger.conversationId, first.conversationId);
});
