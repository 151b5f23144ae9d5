import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";
import { MAX_FILE_BYTES } from "./attachments.ts";

const BYTES = new TextEncoder().encode("a file of ours");
const HOUR_MS = 3_600_000;

async function upload(
  inbox: TestInbox,
  by: Parameters<TestInbox["core"]["attachments"]["upload"]>[0],
  name = "a.txt",
) {
  const file = { name, type: "text/plain", bytes: BYTES };
  const uploaded = await inbox.core.attachments.upload(by, file);
  assert(uploaded.ok);
  return uploaded.value;
}

function signedParts(address: string): [id: string, expires: number, signature: string] {
  const { pathname, searchParams } = new URL(address, "http://localhost");
  return [
    decodeURIComponent(pathname.split("/").at(-1) ?? ""),
    Number(searchParams.get("expires")),
    searchParams.get("signature") ?? "",
  ];
}

Deno.test("an upload is read by its uploader alone until a message takes it, then by whoever may read that", async () => {
  await using inbox = await openTestInbox();
  const { attachments, messages } = inbox.core;
  const { conversationId } = await inbox.write("Question");
  const colleague: Principal = {
    ...inbox.agent,
    user: { ...inbox.agent.user, id: "usr_2", name: "Two" },
  };
  const stranger: Principal = { ...colleague, inboxIds: new Set() };
  const { id } = await upload(inbox, { kind: "principal", principal: inbox.agent });

  assert.equal((await attachments.open(inbox.agent, id)).ok, true);
  assert.equal((await attachments.open(colleague, id)).ok, false);
  const posted = await messages.post(inbox.agent, conversationId, {
    kind: "comment",
    text: "See",
    attachmentIds: [id],
  });
  assert(posted.ok);

  assert.equal((await attachments.open(colleague, id)).ok, true);
  const hidden = await attachments.open(stranger, id);
  assert(!hidden.ok && hidden.error.code === "not_found");
});

Deno.test("a file goes out of reach together with its conversation", async () => {
  await using inbox = await openTestInbox();
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  const { conversationId } = await inbox.write("", {
    event: {
      parts: [{ kind: "media", name: "a.txt", type: "text/plain", bytes: BYTES }],
    },
  });
  const [message] = await inbox.thread(conversationId);
  const id = message!.attachments[0]!.id;
  const other = await inbox.core.inboxes.create(root, { name: "Other", memberIds: [] });
  assert(other.ok);
  assert.equal((await inbox.core.attachments.open(inbox.agent, id)).ok, true);

  await inbox.core.conversations.update(root, conversationId, { inboxId: other.value.id });

  assert.equal((await inbox.core.attachments.open(inbox.agent, id)).ok, false);
});

Deno.test("ownedBy() knows whose an upload is, for a day and until it is taken", async () => {
  await using inbox = await openTestInbox();
  const { attachments } = inbox.core;
  const visitor = { kind: "visitor", visitorId: "vis_1", channelId: "chn_1" } as const;
  const { id } = await upload(inbox, visitor);

  assert.equal((await attachments.ownedBy(visitor, id))?.id, id);
  assert.equal(await attachments.ownedBy({ ...visitor, visitorId: "vis_2" }, id), null);
  assert.equal(await attachments.ownedBy({ ...visitor, channelId: "chn_2" }, id), null);
  assert.equal(await attachments.ownedBy({ kind: "principal", principal: inbox.agent }, id), null);
  assert.equal(await attachments.ownedBy(visitor, "att_none"), null);
  inbox.ports.clock.advance(24 * HOUR_MS - 1);
  assert.equal((await attachments.ownedBy(visitor, id))?.id, id);
  inbox.ports.clock.advance(1);
  assert.equal(await attachments.ownedBy(visitor, id), null);
});

Deno.test("a signed address opens its own file, until its time, unchanged", async () => {
  await using inbox = await openTestInbox();
  const { attachments } = inbox.core;
  const { id } = await upload(inbox, { kind: "principal", principal: inbox.agent });
  const other = await upload(inbox, { kind: "principal", principal: inbox.agent }, "b.txt");
  const [, expires, signature] = signedParts(await attachments.sign(id));

  const opened = await attachments.openSigned(id, expires, signature);
  assert(opened.ok);
  assert.equal(await new Response(opened.value.stream()).text(), "a file of ours");
  for (
    const [wrongId, at, mac] of [
      [other.id, expires, signature],
      [id, expires + 1, signature],
      [id, expires, `${signature.slice(0, -1)}${signature.endsWith("A") ? "B" : "A"}`],
      [id, expires, ""],
      [id, NaN, signature],
      ["x".repeat(5_000), expires, signature],
    ] as const
  ) {
    const refused = await attachments.openSigned(wrongId, at, mac);
    assert(!refused.ok && refused.error.code === "not_found");
  }
  inbox.ports.clock.set(expires);
  assert.equal((await attachments.openSigned(id, expires, signature)).ok, false);
});

Deno.test("sign() gives the same address within an hour, so that browsers can keep the file", async () => {
  await using inbox = await openTestInbox();
  const { attachments } = inbox.core;

  const first = await attachments.sign("att_1");
  inbox.ports.clock.advance(HOUR_MS - 1);
  const same = await attachments.sign("att_1");
  inbox.ports.clock.advance(1);
  const next = await attachments.sign("att_1");

  assert.equal(same, first);
  assert.notEqual(next, first);
});

Deno.test("upload() takes 25 MiB and not a byte more, and leaves nothing of what is too large", async () => {
  await using inbox = await openTestInbox();
  const by = { kind: "principal", principal: inbox.agent } as const;
  const streamed = (size: number) => {
    let left = size;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        const length = Math.min(left, 1 << 20);
        if (length === 0) return controller.close();
        left -= length;
        controller.enqueue(new Uint8Array(length));
      },
    });
  };
  const send = (size: number) =>
    inbox.core.attachments.upload(by, { name: "x", type: "", bytes: streamed(size) });

  const whole = await send(MAX_FILE_BYTES);
  const over = await send(MAX_FILE_BYTES + 1);

  assert(whole.ok && whole.value.size === MAX_FILE_BYTES);
  assert.equal(whole.value.type, "application/octet-stream");
  assert(!over.ok && over.error.code === "too_large");
  await inbox.store.blobs.sweep(0);
  const staged = await Array.fromAsync(inbox.store.list(keys.stagedBlobs()));
  assert.deepEqual(staged.map(({ path }) => path.at(-1)), [whole.value.blob.id]);
});

Deno.test("of two messages that name the same upload one gets it and the other is told", async () => {
  await using inbox = await openTestInbox();
  const first = await inbox.write("One", { from: "a@example.com" });
  const second = await inbox.write("Two", { from: "b@example.com" });
  const { id } = await upload(inbox, { kind: "principal", principal: inbox.agent });

  const results = [];
  for (const { conversationId } of [first, second]) {
    results.push(
      await inbox.core.messages.post(inbox.agent, conversationId, {
        kind: "reply",
        text: "See",
        attachmentIds: [id],
      }),
    );
  }

  const [taken, refused] = results;
  assert(taken?.ok);
  assert(refused && !refused.ok && refused.error.code === "invalid");
});
