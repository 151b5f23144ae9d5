import assert from "node:assert/strict";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";
import { filesOf } from "./media.ts";

const BYTES = new Uint8Array(10);

Deno.test("filesOf() makes names and types harmless and counts what it leaves to the raw delivery", () => {
  const { files, leftOut } = filesOf([
    { kind: "text", text: "Hello" },
    { kind: "media", name: "../a.html", type: "text/html\r\nx-evil: 1", bytes: BYTES },
    { kind: "media", name: "b", type: "image/png", ref: "somewhere" },
    ...Array.from({ length: 100 }, () => ({
      kind: "media" as const,
      name: "c.png",
      type: "image/PNG",
      bytes: BYTES,
    })),
  ]);

  assert.equal(files.length, 100);
  assert.equal(leftOut, 2);
  assert.deepEqual([files[0]?.name, files[0]?.type], ["a.html", "application/octet-stream"]);
  assert.equal(files[1]?.type, "image/png");
});

Deno.test("a message as large as a sender can make it is stored, and says what had no room", async () => {
  await using inbox = await openTestInbox();
  const people = Array.from({ length: 100 }, (_, i) => ({
    name: "長い名前".repeat(50),
    address: `${"a".repeat(200)}${i}@example.com`,
  }));
  const files = Array.from({ length: 120 }, (_, i) => ({
    kind: "media" as const,
    name: `${"長".repeat(200)}${i}.jpg`,
    type: `${"a".repeat(60)}/${"b".repeat(100)}`,
    contentId: `${"c".repeat(240)}${i}`,
    bytes: BYTES,
  }));

  const { conversationId } = await inbox.write("", {
    from: `${"f".repeat(300)}@example.com`,
    event: {
      sender: {
        identities: [{ kind: "email", value: `${"f".repeat(300)}@x.example`, verified: true }],
        name: "長".repeat(5_000),
      },
      subject: "題".repeat(2_000),
      parts: [{ kind: "text", text: "本".repeat(10_000), html: "<p>本</p>".repeat(900) }, ...files],
      notes: Array.from({ length: 100 }, () => ({ step: "note", detail: "詳".repeat(500) })),
      email: {
        from: people[0]!,
        to: people,
        cc: people,
        bcc: people,
        replyTo: people,
        subject: "題".repeat(2_000),
        messageId: "m".repeat(998),
        inReplyTo: "i".repeat(998),
        references: Array.from({ length: 100 }, (_, i) => `${"r".repeat(900)}${i}`),
        senderVerified: false,
      },
    },
  });

  const [message] = await inbox.thread(conversationId);
  assert(message!.attachments.length > 30);
  const steps = message!.trace.map(({ step }) => step);
  assert(steps.includes("files_left_out") && steps.includes("mail_fields_cut"));
  const whole = await inbox.core.messages.get(inbox.agent, message!.id);
  assert(whole.ok && whole.value.text === "本".repeat(10_000));
  const replied = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    text: "x".repeat(999),
  });
  assert(replied.ok);
});

Deno.test("linkMedia() leaves out an upload that is about to be swept, and keeps the message", async () => {
  await using inbox = await openTestInbox();
  const uploaded = await inbox.core.attachments.upload(
    { kind: "visitor", visitorId: "vis_1", channelId: inbox.channelId },
    { name: "late.png", type: "image/png", bytes: BYTES },
  );
  assert(uploaded.ok);
  const part = {
    kind: "media" as const,
    name: "late.png",
    type: "image/png",
    attachmentId: uploaded.value.id,
  };

  inbox.ports.clock.advance(24 * 3_600_000);
  const late = await inbox.write("Here", {
    event: { parts: [{ kind: "text", text: "Here" }, part] },
  });

  const [message] = await inbox.thread(late.conversationId);
  assert.deepEqual(message?.attachments, []);
});

Deno.test("linkMedia() takes an upload 23 hours old, and only once", async () => {
  await using inbox = await openTestInbox();
  const uploaded = await inbox.core.attachments.upload(
    { kind: "visitor", visitorId: "vis_1", channelId: inbox.channelId },
    { name: "photo.png", type: "image/png", bytes: BYTES },
  );
  assert(uploaded.ok);
  const { id } = uploaded.value;
  const parts = [{
    kind: "media" as const,
    name: "photo.png",
    type: "image/png",
    attachmentId: id,
  }];
  inbox.ports.clock.advance(23.9 * 3_600_000);

  const first = await inbox.write("", { event: { parts } });
  const second = await inbox.write("", { event: { parts } });

  const [message] = await inbox.thread(first.conversationId);
  const [other] = await inbox.thread(second.conversationId);
  assert.equal(message?.attachments.length, 1);
  assert.equal(other?.attachments.length, 0);
  const record = await inbox.store.get(keys.attachment(id));
  assert.deepEqual(record?.owner, {
    kind: "message",
    conversationId: first.conversationId,
    messageId: first.messageId,
  });
});
