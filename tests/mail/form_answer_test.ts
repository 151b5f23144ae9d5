/** Forms are answered by mail, and the customer's mail comes back to the form. */
import assert from "node:assert/strict";
import type { InboundEvent } from "../../core/channel/mod.ts";
import { type ContinuityOptions, openContinuityWorld } from "../fakes/continuity_world.ts";

type Submission = Extract<InboundEvent, { type: "submission" }>;
const UNDO_MS = 10_000;
const ANA = "ana@posta.example";

async function openFormWorld(options: ContinuityOptions & { config?: never } = {}) {
  const world = await openContinuityWorld(options);
  const { inbox, root } = world;
  const made = await inbox.core.channels.create(root, {
    type: "form",
    inboxId: inbox.inboxId,
    name: "Warranty claim",
    config: {},
  });
  assert(made.ok, JSON.stringify(made));
  const formId = made.value.id;

  async function fillIn(more: Partial<Submission> = {}) {
    const stored = await inbox.core.inbound.ingest(formId, {
      type: "submission",
      externalId: "form 1",
      occurredAt: inbox.ports.clock.now(),
      identities: [{ kind: "email", value: ANA, verified: false }],
      name: "Ana Souza",
      subject: "Warranty claim",
      text: "The frame is cracked",
      fields: [
        { name: "name", label: "Your name", value: "Ana Souza" },
        { name: "email", label: "Email", value: ANA },
        { name: "message", label: "What happened?", value: "The frame is cracked" },
      ],
      ...more,
    });
    assert(stored?.kind === "stored", JSON.stringify(stored));
    return stored;
  }
  /** The agent's reply, once it cannot be undone any more. */
  async function reply(id: string, text: string) {
    const { id: messageId } = await world.answer(id, text);
    await world.pass(UNDO_MS);
    const sent = (await inbox.thread(id)).find((one) => one.id === messageId);
    assert(sent);
    return sent;
  }
  return Object.assign(world, { formId, fillIn, reply });
}

Deno.test("a filled-in form keeps its fields, and its own words come first", async () => {
  await using world = await openFormWorld();

  const { message, conversationId } = await world.fillIn();

  assert.deepEqual(message.fields?.map(({ label }) => label), [
    "Your name",
    "Email",
    "What happened?",
  ]);
  assert.equal(message.text, `The frame is cracked\n\nYour name: Ana Souza\nEmail: ${ANA}`);
  const conversation = await world.inbox.conversation(conversationId);
  assert.equal(conversation.subject, "Warranty claim");
  assert.equal(conversation.contactName, "Ana Souza");
  assert.equal(message.email?.senderVerified, false);
});

Deno.test("a form is answered by the inbox's mailbox, with the number in the subject", async () => {
  await using world = await openFormWorld();
  const { conversationId } = await world.fillIn();

  const reply = await world.reply(conversationId, "Bring it in on Monday");

  assert.equal(reply.status, "sent");
  assert.equal(reply.channelId, world.mailboxId);
  const { number } = await world.inbox.conversation(conversationId);
  assert.equal(world.header("Subject"), `Re: Warranty claim [#${number}]`);
  assert.deepEqual(world.mails().at(-1)?.to, [ANA]);
  assert.match(world.header("From"), /support@veloce\.example/);
  assert.equal(world.header("In-Reply-To"), "");
});

Deno.test("the customer's mail comes back to the form, whatever it carries", async () => {
  await using world = await openFormWorld();
  const { conversationId } = await world.fillIn();
  await world.reply(conversationId, "Bring it in on Monday");
  const from = `Ana <${ANA}>`;

  await world.mailBack("On Monday then", { from });
  await world.mailBack("Or Tuesday?", { from, to: "support@veloce.example" });
  await world.mailBack("Wednesday!", { from, answers: null });

  const thread = await world.inbox.thread(conversationId);
  const said = thread.filter(({ kind }) => kind === "inbound").map(({ text }) => text.trim());
  assert.deepEqual(said.slice(1), ["On Monday then", "Or Tuesday?", "Wednesday!"]);
  const answered = await world.reply(conversationId, "Any day");
  assert.match(answered.email?.subject ?? "", /^Re: Your chat/);
});

Deno.test("a customer keeps being written to from one address, also when another mailbox comes", async () => {
  await using world = await openFormWorld();
  const { conversationId } = await world.fillIn();
  await world.reply(conversationId, "First");
  const { inbox, root, server } = world;
  const other = await inbox.core.channels.create(root, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Sales",
    config: {
      address: "sales@veloce.example",
      inbound: { kind: "push", provider: "raw", secret: "push-secret" },
      outbound: { kind: "smtp", host: "127.0.0.1", port: server.port, security: "none" },
    },
  });
  assert(other.ok);
  const config = { replyChannelId: other.value.id };
  assert((await inbox.core.channels.update(root, world.formId, { config })).ok);

  const second = await world.reply(conversationId, "Second");
  const { conversationId: next } = await world.fillIn({ externalId: "form 2" });
  const third = await world.reply(next, "Third");

  assert.equal(second.channelId, world.mailboxId);
  assert.equal(third.channelId, other.value.id);
});

Deno.test("a form without an address, or an inbox without a mailbox, says why it is not answered", async () => {
  await using world = await openFormWorld();
  await using bare = await openFormWorld({ mailbox: null });
  const nobody = await world.fillIn({ identities: [] });
  const somebody = await bare.fillIn();
  const post = (one: typeof world, id: string) =>
    one.inbox.core.messages.post(one.inbox.agent, id, { kind: "reply", text: "Hello" });

  const [noAddress, noMailbox] = await Promise.all([
    post(world, nobody.conversationId),
    post(bare, somebody.conversationId),
  ]);

  assert(!noAddress.ok && noAddress.error.code === "invalid");
  assert.match(noAddress.error.errors[0]?.message ?? "", /no address of this customer/);
  assert(!noMailbox.ok && noMailbox.error.code === "unsupported");
  assert.match(noMailbox.error.message, /no mailbox/);
  const comment = { kind: "comment", text: "Call them" } as const;
  assert(
    (await bare.inbox.core.messages.post(bare.inbox.agent, somebody.conversationId, comment)).ok,
  );
});

Deno.test("a stranger's mail to the mailbox does not come into a form", async () => {
  await using world = await openFormWorld();
  const { conversationId } = await world.fillIn();
  await world.reply(conversationId, "Hello");

  await world.mailBack("Buy this", {
    from: "Eve <eve@evil.example>",
    to: "support@veloce.example",
    answers: null,
  });

  const thread = await world.inbox.thread(conversationId);
  assert.equal(thread.filter(({ kind }) => kind === "inbound").length, 1);
});
