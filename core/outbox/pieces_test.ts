import assert from "node:assert/strict";
import { refusal } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { until } from "../../tests/e2e/until.ts";
import {
  ok,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
} from "../channel/mod.ts";
import type { Message } from "../model/message.ts";
import { keys } from "../store/mod.ts";
import { SEND_JOB } from "./send_job.ts";

type SendResult = Result<SendReceipt, SendError>;

/** One thing at a time, as Messenger takes it. */
const ONE_BY_ONE = {
  text: { max: 20, unit: "utf16", split: true, dialect: "plain" },
  media: { types: ["image/*"], maxBytes: 1_000, maxCount: 3, perMessage: 1, caption: false },
} as const;

async function open(capabilities: Parameters<typeof openTestInbox>[0] = {}) {
  const inbox = await openTestInbox({ capabilities: ONE_BY_ONE, ...capabilities });
  const { conversationId } = await inbox.write("Question");
  return { inbox, conversationId };
}

async function upload({ core, agent }: TestInbox, name: string, type = "image/png") {
  const bytes = new TextEncoder().encode(name);
  const by = { kind: "principal", principal: agent } as const;
  const stored = await core.attachments.upload(by, { name, type, bytes });
  assert(stored.ok);
  return stored.value.id;
}

async function current(inbox: TestInbox, { conversationId, id }: Message): Promise<Message> {
  const found = (await inbox.thread(conversationId)).find((one) => one.id === id);
  assert(found);
  return found;
}

function contents(parts: readonly OutboundPart[]) {
  return parts.map(({ index, text, attachments }) =>
    [index, text, attachments.map(({ name }) => name).join()].join("|")
  );
}

const TEXT = "The first of two\n\nand the second one";
const PIECES = ["0|The first of two|", "1|and the second one|", "2||a.png", "3||b.png"];

Deno.test("a reply goes out in pieces that its provider takes, and is known by each one's id", async () => {
  const { inbox, conversationId } = await open();
  await using _ = inbox;
  const attachmentIds = [await upload(inbox, "a.png"), await upload(inbox, "b.png")];
  inbox.answers.push(
    ...["p0", "p1", "p2", "p3"].map((externalId) => ok({ externalId, status: "sent" as const })),
  );

  const message = await inbox.reply(conversationId, TEXT, { attachmentIds });
  await inbox.runJobs();

  assert.deepEqual(contents(inbox.sent), PIECES);
  const after = await current(inbox, message);
  assert.deepEqual([after.status, after.externalId], ["sent", "p3"]);
  assert.deepEqual(after.pieces?.map(({ externalId }) => externalId), ["p0", "p1", "p2", "p3"]);
  await report(inbox, "delivered", "p0");
  assert.equal((await current(inbox, message)).status, "sent", "the first alone says little");
  await report(inbox, "delivered", "p3");
  assert.equal((await current(inbox, message)).status, "delivered");
});

Deno.test("a piece that fails is sent again alone, by itself and by hand", async () => {
  for (const code of ["unavailable", "rejected"] as const) {
    const { inbox, conversationId } = await open();
    await using _ = inbox;
    const attachmentIds = [await upload(inbox, "a.png"), await upload(inbox, "b.png")];
    inbox.answers.push(
      ok({ externalId: "p0", status: "sent" }),
      ok({ externalId: "p1", status: "sent" }),
      refusal(code),
    );

    const message = await inbox.reply(conversationId, TEXT, { attachmentIds });
    await inbox.runJobs();
    const between = await current(inbox, message);
    if (code === "rejected") {
      assert.equal(between.status, "failed");
      assert.match(between.error?.message ?? "", /^2 of its 4 parts left\. /);
      assert((await inbox.core.messages.retry(inbox.agent, message.id)).ok);
    } else {
      assert.equal(between.status, "queued");
      const canceled = await inbox.core.messages.cancel(inbox.agent, message.id);
      assert(!canceled.ok && canceled.error.code === "conflict", "a part of it is out");
      inbox.ports.clock.advance(60_000);
    }
    await inbox.runJobs();

    assert.deepEqual(contents(inbox.sent), [...PIECES.slice(0, 3), ...PIECES.slice(2)], code);
    assert.equal((await current(inbox, message)).status, "sent");
  }
});

Deno.test("an adapter that breaks off between two pieces leaves a message that says what is out", async () => {
  const { inbox, conversationId } = await open();
  await using _ = inbox;
  inbox.answers.push(ok({ externalId: "p0", status: "sent" }), "throw");

  const message = await inbox.reply(conversationId, TEXT);
  await inbox.runJobs();
  const doubtful = await current(inbox, message);
  assert.equal(doubtful.status, "ambiguous");
  assert.deepEqual(doubtful.pieces?.map(({ state }) => state), ["sent", "waiting"]);
  assert((await inbox.core.messages.retry(inbox.agent, message.id)).ok);
  await inbox.runJobs();

  assert.deepEqual(contents(inbox.sent), [PIECES[0], PIECES[1], PIECES[1]]);
});

Deno.test("a process that dies between two pieces leaves the others to another, which repeats none", async () => {
  const kv = await Deno.openKv(":memory:");
  const { inbox, conversationId } = await open({ kv });
  await using _ = inbox;
  const held = Promise.withResolvers<SendResult>();
  inbox.answers.push(ok({ externalId: "p0", status: "sent" }), () => held.promise);
  const message = await inbox.reply(conversationId, TEXT);
  await until(() => inbox.sent.length === 2, { what: "the second piece is on its way" });
  // Its lease runs out unseen: the other process's clock is ahead, the first one's alarms never come.
  const [job] = (await Array.fromAsync(inbox.store.list(keys.jobs()))).map(({ value }) => value)
    .filter(({ kind }) => kind === SEND_JOB);
  assert(job?.lease);
  const other = await inbox.startAnother({ at: job.dueAt + 1 });
  const status = async () => (await current(inbox, message)).status;
  await until(async () => await status() === "ambiguous", { what: "nobody knows where it is" });
  const doubtful = await current(inbox, message);

  assert((await other.messages.retry(inbox.agent, message.id)).ok);
  await until(async () => await status() === "sent", { what: "the rest went" });

  assert.deepEqual(doubtful.pieces?.map(({ state }) => state), ["sent", "waiting"]);
  assert.deepEqual(contents(inbox.sent), [PIECES[0], PIECES[1], PIECES[1]]);
  held.resolve(ok({ externalId: "p1", status: "sent" }));
  await inbox.runJobs();
  assert.equal(await status(), "sent");
  assert.equal(inbox.sent.length, 3);
  await other.stop();
  kv.close();
});

Deno.test("an echo or a receipt of one piece does not end the message, and the others still go", async () => {
  const { inbox, conversationId } = await open();
  await using _ = inbox;
  const early = async (part: OutboundPart) => {
    await inbox.core.inbound.ingest(inbox.channelId, {
      type: "message",
      externalId: "p0",
      occurredAt: inbox.ports.clock.now(),
      direction: "echo_own",
      outboxId: part.outboxId,
      sender: { identities: [{ kind: "email", value: "ana@example.com", verified: true }] },
      hints: [],
      parts: [{ kind: "text", text: part.text }],
    });
    await report(inbox, "read", "p0");
    return ok({ externalId: "p0", status: "sent" as const });
  };
  inbox.answers.push(early, refusal("rejected"));

  const message = await inbox.reply(conversationId, TEXT);
  await inbox.runJobs();

  const after = await current(inbox, message);
  assert.equal(after.status, "failed");
  assert.equal((await inbox.thread(conversationId)).length, 2, "the echo is of ours");
  assert((await inbox.core.messages.retry(inbox.agent, message.id)).ok);
  await inbox.runJobs();
  assert.deepEqual(contents(inbox.sent), [PIECES[0], PIECES[1], PIECES[1]]);
  assert.equal((await current(inbox, message)).status, "sent");
});

Deno.test("a piece that its provider could not deliver is sent again alone", async () => {
  const { inbox, conversationId } = await open();
  await using _ = inbox;
  inbox.answers.push(
    ...["p0", "p1"].map((externalId) => ok({ externalId, status: "sent" as const })),
  );
  const message = await inbox.reply(conversationId, TEXT);
  await inbox.runJobs();

  await report(inbox, "failed", "p0");
  assert.equal((await current(inbox, message)).status, "failed");
  assert((await inbox.core.messages.retry(inbox.agent, message.id)).ok);
  await inbox.runJobs();

  assert.deepEqual(contents(inbox.sent), [PIECES[0], PIECES[1], PIECES[0]]);
  assert.equal((await current(inbox, message)).status, "sent");
});

Deno.test("text and files share a message where the provider takes them together", async () => {
  const { inbox, conversationId } = await open({
    capabilities: { ...ONE_BY_ONE, media: { ...ONE_BY_ONE.media, perMessage: 2, caption: true } },
  });
  await using _ = inbox;
  const names = ["a.png", "b.png", "c.png"];
  const attachmentIds = await Promise.all(names.map((name) => upload(inbox, name)));

  await inbox.reply(conversationId, "Short", { attachmentIds });
  await inbox.reply(conversationId, "", { attachmentIds: [await upload(inbox, "d.png")] });
  await inbox.runJobs();

  assert.deepEqual(contents(inbox.sent), ["0|Short|a.png,b.png", "1||c.png", "0||d.png"]);
});

Deno.test("a file of a type or size the channel does not take is refused before anything is stored", async () => {
  const { inbox, conversationId } = await open();
  await using _ = inbox;
  const refused = async (id: string) => {
    const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
      kind: "reply",
      text: "See",
      attachmentIds: [id],
    });
    assert(!posted.ok && posted.error.code === "invalid", JSON.stringify(posted));
    return posted.error.errors;
  };

  assert.deepEqual(await refused(await upload(inbox, "a.pdf", "application/pdf")), [
    { path: "attachmentIds.0", message: "is of a kind this channel does not take" },
  ]);
  assert.match(
    (await refused(await upload(inbox, "x".repeat(1_001))))[0]?.message ?? "",
    /over 1000/,
  );
});

Deno.test("publicUrl() leads to the file for a day, and to no other", async () => {
  const { inbox, conversationId } = await open({ env: { PARLEY_URL: "https://parley.example" } });
  await using _ = inbox;
  const [id, other] = [await upload(inbox, "a.png"), await upload(inbox, "b.png")];
  await inbox.reply(conversationId, "See", { attachmentIds: [id, other] });
  await inbox.runJobs();

  const address = await inbox.sent[1]?.attachments[0]?.publicUrl();
  const { origin, pathname, searchParams } = new URL(address ?? "");
  const expires = Number(searchParams.get("expires"));
  const signature = searchParams.get("signature") ?? "";

  assert.deepEqual([origin, pathname], ["https://parley.example", `/api/v1/attachments/${id}`]);
  const { attachments } = inbox.core;
  assert.equal((await attachments.openSigned(id, expires, signature)).ok, true);
  assert.equal((await attachments.openSigned(other, expires, signature)).ok, false);
  inbox.ports.clock.advance(24 * 60 * 60 * 1_000);
  assert.equal((await attachments.openSigned(id, expires, signature)).ok, false);
});

Deno.test("publicUrl() is null where the deployment has no address", async () => {
  const { inbox, conversationId } = await open();
  await using _ = inbox;
  await inbox.reply(conversationId, "", { attachmentIds: [await upload(inbox, "a.png")] });
  await inbox.runJobs();

  assert.equal(await inbox.sent[0]?.attachments[0]?.publicUrl(), null);
});

async function report(inbox: TestInbox, status: "delivered" | "read" | "failed", id: string) {
  await inbox.core.inbound.ingest(inbox.channelId, {
    type: "status",
    externalId: `${status}-${id}`,
    occurredAt: inbox.ports.clock.now(),
    status,
    target: { by: "external", messageExternalId: id },
  });
}

Deno.test("a reply of as many pieces as there may be leaves whole, however long the provider's ids and it are", async () => {
  const text = { max: 500, unit: "utf16", split: true, dialect: "plain" } as const;
  const { inbox, conversationId } = await open({ capabilities: { text } });
  await using _ = inbox;
  const longId = (i: number) => `${"p".repeat(990)}${i}`;
  inbox.answers.push(
    ...Array.from({ length: 50 }, (_, i) => ok({ externalId: longId(i), status: "sent" as const })),
  );
  const ofPieces = (count: number) => "x".repeat(count * 500);

  const reply = await inbox.reply(conversationId, ofPieces(50));
  await inbox.runJobs();
  const tooMany = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    text: ofPieces(50) + "x",
  });
  const comment = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "comment",
    text: ofPieces(50) + "x",
  });

  const sent = await current(inbox, reply);
  assert.deepEqual([sent.status, sent.externalId], ["sent", longId(49)]);
  assert.equal(inbox.sent.length, 50);
  assert.equal(!tooMany.ok && tooMany.error.code, "invalid");
  assert(comment.ok);
});

for (const max of [1_000, 10]) {
  Deno.test(`a reply some of which has left is not cut anew when its channel takes ${max} characters since`, async () => {
    const text = { max: 20, unit: "utf16" as const, split: true, dialect: "plain" as const };
    const { inbox, conversationId } = await open({ capabilities: { text } });
    await using _ = inbox;
    inbox.answers.push(ok({ externalId: "p0", status: "sent" }), refusal("rejected"));
    const message = await inbox.reply(conversationId, TEXT);
    await inbox.runJobs();

    text.max = max;
    assert((await inbox.core.messages.retry(inbox.agent, message.id)).ok);
    await inbox.runJobs();

    const { status, error } = await current(inbox, message);
    assert.equal(status, "failed");
    assert.match(error?.message ?? "", /^1 of its 2 parts left\. .*limits were changed/);
    assert.equal(inbox.sent.length, 2);
  });
}
