import assert from "node:assert/strict";
import { keys } from "../../core/store/mod.ts";
import { openMessengerWorld, ROOT } from "./messenger_world.ts";

function shown(
  messages: readonly { author: { type: string; name: string }; text: string; status: string }[],
) {
  return messages.map(({ author, text, status }) => [author.type, text, status].join(" | "));
}

Deno.test("a Page is subscribed when it is connected, and its customers get a name", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana", lastName: "Moreau" });

  ana.writes("Hello äöü 🚲");
  await world.deliver();

  assert.ok(page.fields?.has("messages") && page.fields.has("standby"));
  const [conversation] = await world.conversations();
  assert.equal(conversation?.contactName, "Ana Moreau");
  assert.deepEqual(shown(await world.thread()), ["contact | Hello äöü 🚲 | received"]);
  assert.equal((await inbox.core.channels.get(ROOT, world.channelId)).ok, true);
});

Deno.test("an agent's answer reaches the customer, is echoed once, delivered and read (row 96)", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  ana.writes("Hello");
  await world.deliver();
  const [conversation] = await world.conversations();
  assert.ok(conversation);

  const reply = await inbox.reply(conversation.id, "We are on it");
  await inbox.runJobs();
  await world.deliver();
  const sent = await world.thread();
  ana.gets();
  await world.deliver();
  const delivered = await world.thread();
  inbox.ports.clock.advance(60_000);
  ana.reads();
  await world.deliver();

  const [, out] = page.messages;
  assert.equal(out?.text, "We are on it");
  assert.equal(out?.metadata, reply.id);
  assert.equal(out?.messagingType, "RESPONSE");
  assert.deepEqual(shown(sent), ["contact | Hello | received", "user | We are on it | sent"]);
  assert.equal(delivered.at(-1)?.status, "delivered");
  assert.deepEqual(shown(await world.thread()), [
    "contact | Hello | received",
    "user | We are on it | read",
  ]);
});

Deno.test("one app serves several Pages; an unknown one is taken and kept", async () => {
  await using world = await openMessengerWorld();
  const second = world.graph.addPage("Veloce Ghent");
  const secondId = await world.connect(second);
  const third = world.graph.addPage("Nobody's");
  third.subscribe();
  world.page.addPerson({ firstName: "Ana" }).writes("To the first");
  second.addPerson({ firstName: "Ben" }).writes("To the second");
  third.addPerson({ firstName: "Cleo" }).writes("To nobody");

  const delivered = await world.deliver({ batch: 10 });

  assert.deepEqual(delivered.map(({ status }) => status), [200]);
  const of = async (id: string) => (await world.conversations(id)).map(({ preview }) => preview);
  assert.deepEqual(await of(world.channelId), ["To the first"]);
  assert.deepEqual(await of(secondId), ["To the second"]);
});

Deno.test("what another signs changes nothing", async () => {
  await using world = await openMessengerWorld();
  world.page.addPerson({ firstName: "Ana" }).writes("Hello");

  const [answer] = await world.deliver({ secret: "another secret" });

  assert.equal(answer?.status, 401);
  assert.equal((await world.conversations()).length, 0);
});

Deno.test("what Meta may tell one day is kept, marked as ignored, and holds nothing up", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  page.tells({ sender: { id: ana.psid }, recipient: { id: page.id }, moon_phase: { full: true } });
  await world.deliver();
  ana.writes("Hello");
  const answers = await world.deliver();

  const journals = await Array.fromAsync(inbox.store.list(keys.journals()));
  const found = journals.map(({ value }) => value)
    .filter(({ channelId }) => channelId === world.channelId)
    .sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1))
    .map(({ state, error }) => [state, error]);
  assert.deepEqual(found, [["ignored", "of a kind that is not known"], ["done", null]]);
  assert.deepEqual(answers.map(({ status }) => status), [200]);
  assert.deepEqual((await world.thread()).map(({ text }) => text), ["Hello"]);
});

Deno.test("the app's webhook proves itself, and not to a wrong token", async () => {
  await using world = await openMessengerWorld();

  const right = await world.graph.verifyHook(world.hook);
  const wrong = await world.graph.verifyHook(world.hook, "another token");

  assert.deepEqual([right.status, right.text], [200, right.challenge]);
  assert.equal(wrong.status, 403);
  assert.equal(wrong.text.includes(wrong.challenge), false);
});

Deno.test("who begins a conversation is greeted once (row 93), by a link with its own words (row 94)", async () => {
  await using world = await openMessengerWorld({
    config: {
      isInstantReplyOn: true,
      instantReplies: [{ ref: "spring", text: "Welcome to our spring sale" }],
    },
  });
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  const ben = page.addPerson({ firstName: "Ben" });
  ana.writes("Hello");
  ben.writes("Hi", { referral: { ref: "spring", source: "SHORTLINK", type: "OPEN_THREAD" } });
  await world.deliver({ times: 2 });
  inbox.ports.clock.advance(60_000);
  ana.writes("Anybody there?");
  await world.deliver({ times: 2 });

  const sent = (psid: string) =>
    page.messages.filter((one) => one.fromPage && one.psid === psid).map(({ text }) => text);
  assert.equal(sent(ana.psid).length, 1);
  assert.match(sent(ana.psid)[0] ?? "", /thank you for your message/);
  assert.deepEqual(sent(ben.psid), ["Welcome to our spring sale"]);
});

Deno.test("while another app answers first, messages come in and get no greeting (row 98)", async () => {
  await using world = await openMessengerWorld({ config: { isInstantReplyOn: true } });
  const { page } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  page.setPrimary("55");
  ana.writes("Hello bot");
  await world.deliver();

  const [message] = await world.thread();
  assert.equal(message?.text, "Hello bot");
  assert.equal(page.messages.some(({ fromPage }) => fromPage), false);
});

Deno.test("a customer's picture is fetched, also when its link is too old by then", async () => {
  await using world = await openMessengerWorld();
  const { graph, page } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  const bytes = Uint8Array.fromBase64(PIXEL);
  ana.writes("Look", { files: [{ kind: "image", type: "image/png", name: "chain.png", bytes }] });
  graph.expireLinks();
  await world.deliver();

  const [message] = await world.thread();
  const [file] = message?.attachments ?? [];
  assert.equal(file?.size, bytes.length);
  assert.equal(file?.type, "image/png");
});

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

Deno.test("after 24 hours an answer is refused here, or goes out as a person's (row 95)", async () => {
  for (const humanAgentApproved of [false, true]) {
    await using world = await openMessengerWorld({
      config: { humanAgentApproved },
    });
    const { page, inbox } = world;
    page.state.humanAgentApproved = humanAgentApproved;
    page.addPerson({ firstName: "Ana" }).writes("Hello");
    await world.deliver();
    const [conversation] = await world.conversations();
    assert.ok(conversation);
    inbox.ports.clock.advance(24 * 3_600_000 + 1);

    const posted = await inbox.core.messages.post(inbox.agent, conversation.id, {
      kind: "reply",
      text: "Sorry for the wait",
    });
    await inbox.runJobs();

    const out = page.messages.find(({ fromPage }) => fromPage);
    assert.equal(posted.ok, humanAgentApproved);
    assert.deepEqual(
      [out?.messagingType, out?.tag],
      humanAgentApproved ? ["MESSAGE_TAG", "HUMAN_AGENT"] : [undefined, undefined],
    );
  }
});

Deno.test("a Page whose token is over is shown as broken, and mends itself", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox, channelId } = world;
  const status = async () => {
    const channel = await inbox.core.channels.get(ROOT, channelId);
    return channel.ok ? [channel.value.status, channel.value.error] : null;
  };
  page.state.tokenProblem = 460;
  inbox.ports.clock.advance(2 * 3_600_000);
  await inbox.runJobs();
  const broken = await status();
  page.state.tokenProblem = null;
  page.state.fields = null;
  inbox.ports.clock.advance(2 * 3_600_000);
  await inbox.runJobs();

  assert.equal(broken?.[0], "error");
  assert.match(broken?.[1] ?? "", /token/);
  assert.deepEqual(await status(), ["ready", null]);
  assert.ok(page.fields?.has("messages"), "it was subscribed again");
});

Deno.test("a channel that is removed takes the app off its Page", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox, channelId } = world;

  const removed = await inbox.core.channels.remove(ROOT, channelId);
  await inbox.runJobs();

  assert.ok(removed.ok, JSON.stringify(removed));
  assert.equal(page.fields, null);
});

Deno.test("what the team read is shown to the customer as seen", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  ana.writes("Hello");
  await world.deliver();
  const [conversation] = await world.conversations();
  assert.ok(conversation);

  await inbox.core.conversations.markRead(inbox.agent, conversation.id, conversation.lastSeq);
  await inbox.runJobs();

  assert.ok(page.actions.includes(`mark_seen ${ana.psid}`), page.actions.join());
});

Deno.test("a long answer with a file goes out in pieces, whose echoes are no messages of their own", async () => {
  await using world = await openMessengerWorld();
  const { graph, page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  ana.writes("Hello");
  await world.deliver();
  const [conversation] = await world.conversations();
  assert.ok(conversation);
  const upload = { name: "chain.png", type: "image/png", bytes: Uint8Array.fromBase64(PIXEL) };
  const file = await inbox.core.attachments.upload(
    { kind: "principal", principal: inbox.agent },
    upload,
  );
  assert.ok(file.ok, JSON.stringify(file));

  const text = ["a", "b"].map((word) => `${word} `.repeat(900).trim()).join("\n\n");
  await inbox.reply(conversation.id, text, { attachmentIds: [file.value.id] });
  const before = page.messages.length;
  await inbox.runJobs();
  await world.deliver({ order: "reversed", times: 2 });
  ana.gets();
  inbox.ports.clock.advance(60_000);
  ana.reads();
  await world.deliver();

  const out = page.messages.slice(before);
  assert.deepEqual(out.map((one) => one.text?.[0] ?? one.attachments[0]?.type), [
    "a",
    "b",
    "image",
  ]);
  assert.equal(graph.queue.length, 0);
  const thread = await world.thread();
  assert.equal(thread.length, 2, "echoes are no messages");
  assert.equal(thread.at(-1)?.status, "read");
});
