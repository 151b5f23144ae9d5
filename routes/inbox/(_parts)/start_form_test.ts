import assert from "node:assert/strict";
import { BASE, type TestUser } from "../../../tests/fakes/test_app.ts";
import { openTestWorld, type TestWorld } from "../../../tests/fakes/test_world.ts";
import type { State } from "../../(_shared)/define.ts";
import { startForm, startPage } from "./start_form.ts";

function stateOf({ app }: TestWorld, { principal }: TestUser): State {
  const { core, config } = app;
  return { core, config, principal, remoteAddress: "192.0.2.9", t0: app.ports.clock.now() };
}

function post(
  world: TestWorld,
  user: TestUser,
  fields: Readonly<Record<string, string | File>>,
) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const request = new Request(`${BASE}/inbox/new`, { method: "POST", body });
  return startForm(stateOf(world, user), request);
}

Deno.test("startForm() begins one conversation however often its form is sent, with its files", async () => {
  await using world = await openTestWorld();
  const { app, agent, mine } = world;
  const { mailboxes, key } = await startPage(stateOf(world, agent));
  assert.deepEqual(mailboxes, [{ value: mine.mailId, label: "Mine mail" }]);
  const fields = {
    key,
    channelId: mine.mailId,
    to: "Leo <leo@x.example>, mia@x.example",
    subject: "Your bike",
    text: "It is ready.\r\nCome!",
    files: new File(["%PDF"], "bill.pdf", { type: "application/pdf" }),
  };

  const first = await post(world, agent, fields);
  const again = await post(world, agent, fields);

  assert.ok(first.ok && again.ok, JSON.stringify(first));
  assert.equal(again.value, first.value);
  const thread = await app.core.messages.list(app.root, first.value, {});
  assert.ok(thread.ok);
  const [message] = thread.value.items;
  assert.equal(message?.text, "It is ready.\nCome!");
  assert.deepEqual(message?.attachments.map(({ name }) => name), ["bill.pdf"]);
  assert.deepEqual(message?.email?.to.map(({ address }) => address), [
    "leo@x.example",
    "mia@x.example",
  ]);
});

Deno.test("startForm() says beside each field what is wrong, and keeps what was typed", async () => {
  await using world = await openTestWorld();
  const { agent, viewer, mine, other } = world;
  const good = { channelId: mine.mailId, to: "leo@x.example", subject: "Hi", text: "Hello" };

  const nobody = await post(world, agent, { ...good, to: "leo at home" });
  const empty = await post(world, agent, { ...good, text: " " });
  const foreign = await post(world, agent, { ...good, channelId: other.mailId });
  const read = await post(world, viewer, good);

  assert.ok(!nobody.ok && !empty.ok && !foreign.ok && !read.ok);
  assert.match(nobody.error.problem?.fields.to ?? "", /leo at home/);
  assert.equal(nobody.error.typed?.text, "Hello");
  assert.match(empty.error.problem?.fields.text ?? "", /empty/);
  assert.deepEqual([foreign.error.status, read.error.status], [404, 403]);
});
