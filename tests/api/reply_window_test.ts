import assert from "node:assert/strict";
import type { InboundEvent } from "../../core/channel/mod.ts";
import type { ApiContact, ApiConversation, ApiMessage, ApiTemplate } from "../../core/model/api.ts";
import { valueOf } from "../fakes/access.ts";
import { scriptedAdapter } from "../fakes/scripted_adapter.ts";
import { API_TOKEN, openTestApp } from "../fakes/test_app.ts";

const HOUR = 60 * 60 * 1_000;
const SENDER = { bearer: API_TOKEN };
const ANA = { kind: "psid", value: "ana", verified: true } as const;

/** A channel with a window of a day, quick replies and templates, and a customer who just wrote over it. */
async function openWorld() {
  const scripted = scriptedAdapter({
    window: { openMs: 24 * HOUR, templateAfter: true },
    quickReplies: { max: 3, titleMax: 20 },
  });
  scripted.templates.push({ name: "ready", language: "en", body: "Ready, {{1}}", values: 1 });
  const app = await openTestApp({ adapters: [scripted.adapter] });
  const inbox = valueOf(await app.core.inboxes.create(app.root, { name: "Support" }));
  const channel = valueOf(
    await app.core.channels.create(app.root, {
      type: "scripted",
      inboxId: inbox.id,
      name: "Test",
      config: {},
    }),
  );
  const take = (event: InboundEvent) => app.core.inbound.ingest(channel.id, event);
  const stored = await take({
    type: "message",
    externalId: "m1",
    occurredAt: app.ports.clock.now(),
    direction: "in",
    sender: { identities: [ANA], name: "Ana" },
    hints: [],
    parts: [{ kind: "text", text: "Hi" }],
  });
  assert.ok(stored?.kind === "stored");
  const path = `/api/v1/conversations/${stored.conversationId}`;
  // The answer is one of the API's own, whose shape openapi_test checks.
  const get = async <T>(at: string) => await (await app.fetch(at, SENDER)).json() as T;
  const post = async (json: Readonly<Record<string, unknown>>) => {
    const response = await app.fetch(`${path}/messages`, SENDER, { json });
    return { status: response.status, body: await response.json() };
  };
  return {
    ...scripted,
    app,
    channel,
    take,
    post,
    conversation: () => get<ApiConversation>(path),
    contact: async () =>
      await get<ApiContact>(`/api/v1/contacts/${(await get<ApiConversation>(path)).contactId}`),
    templates: () => get<{ items: ApiTemplate[] }>(`/api/v1/channels/${channel.id}/templates`),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

Deno.test("a conversation says until when it can be answered, and 409 why it cannot", async () => {
  await using world = await openWorld();
  const { clock } = world.app.ports;
  const heardAt = clock.now();

  assert.deepEqual((await world.conversation()).window, {
    state: "open",
    closesAt: new Date(heardAt + 24 * HOUR).toISOString(),
    reason: "Replies can be sent for 24 hours after each message",
  });

  clock.advance(24 * HOUR);
  const refused = await world.post({ kind: "reply", text: "Late" });

  assert.deepEqual((await world.conversation()).window, {
    state: "template",
    closesAt: null,
    reason: "The last message came over 24 hours ago: only a template may be sent",
  });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.type, "urn:parley:problem:window_closed");
  assert.match(refused.body.detail, /over 24 hours ago/);
  assert.equal(world.sent.length, 0);
});

Deno.test("templates are listed by channel and sent by name", async () => {
  await using world = await openWorld();
  world.app.ports.clock.advance(24 * HOUR);

  assert.deepEqual((await world.templates()).items, [
    { name: "ready", language: "en", body: "Ready, {{1}}", values: 1 },
  ]);
  const template = { name: "ready", language: "en", values: ["Ana"] };
  const { status, body } = await world.post({ kind: "reply", template });
  await world.app.runJobs();

  assert.equal(status, 201);
  const message: ApiMessage = body;
  assert.equal(message.text, "Ready, Ana");
  assert.deepEqual(message.template, template);
  assert.deepEqual(world.sent[0]?.template, template);
});

Deno.test("quick replies come back with their message; too many are 400, by name", async () => {
  await using world = await openWorld();
  const quickReplies = [{ title: "Yes" }, { title: "No", payload: "no-1" }];

  const good = await world.post({ kind: "reply", text: "Sure?", quickReplies });
  const bad = await world.post({
    kind: "reply",
    text: "Sure?",
    quickReplies: [{ title: "A title of more than twenty characters" }],
  });

  assert.deepEqual(good.body.quickReplies, [
    { title: "Yes", payload: "Yes" },
    { title: "No", payload: "no-1" },
  ]);
  assert.equal(bad.status, 400);
  assert.deepEqual(bad.body.errors, [
    { path: "quickReplies.0.title", message: "is over 20 characters" },
  ]);
});

Deno.test("who opted out is shown by their contact and refused with 409", async () => {
  await using world = await openWorld();
  const at = world.app.ports.clock.now();
  await world.take({ type: "opt_out", externalId: "o1", occurredAt: at, identities: [ANA] });

  const refused = await world.post({ kind: "reply", text: "Hello" });

  assert.deepEqual((await world.contact()).optOuts, [
    { channelId: world.channel.id, at: new Date(at).toISOString() },
  ]);
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /no more messages/);
});
