import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../mod.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

Deno.test("whatever carries files gives the first result again under its key, though the files are taken", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const { core, agent } = inbox;
  const channel = valueOf(
    await core.channels.create(ROOT, {
      type: "email",
      inboxId: inbox.inboxId,
      name: "Support",
      config: {
        address: "support@veloce.example",
        inbound: { kind: "push", provider: "raw", secret: "push-secret" },
        outbound: { kind: "smtp", host: "127.0.0.1", port: 25, security: "none" },
      },
    }),
  );
  const { conversationId } = await inbox.write("Hello");
  const { messages } = core;
  const to = ["maker@x.example"];
  const commands = {
    post: (attachmentIds: string[], once: object) =>
      messages.post(agent, conversationId, { kind: "comment", text: "Look", attachmentIds }, once),
    start: (attachmentIds: string[], once: object) =>
      messages.start(agent, { channelId: channel.id, to, text: "Hi", attachmentIds }, once),
    forward: (attachmentIds: string[], once: object) =>
      messages.forward(agent, conversationId, { to, text: "Yours?", attachmentIds }, once),
  };

  for (const [scope, command] of Object.entries(commands)) {
    const file = { name: "a.txt", type: "text/plain", bytes: new TextEncoder().encode("x") };
    const by = { kind: "principal", principal: agent } as const;
    const { id } = valueOf(await core.attachments.upload(by, file));
    const once = (bodyHash: string) => ({ idempotency: { scope, key: "k", bodyHash } });

    const first = valueOf(await command([id], once("a")));
    const again = valueOf(await command([id], once("a")));
    const other = await command([], once("b"));

    assert.equal(again.message.id, first.message.id, scope);
    assert.deepEqual(again.message.attachments.map((one) => one.id), [id], scope);
    assert.equal(!other.ok && other.error.code, "idempotency_mismatch", scope);
    const thread = await inbox.thread(first.conversation.id);
    assert.equal(
      thread.filter((one) => one.attachments.length > 0).length,
      scope === "forward" ? 2 : 1,
    );
  }
});
