import assert from "node:assert/strict";
import type { ApiMessageInput } from "../model/api.ts";
import { openTestWorld, receiveMail, type TestWorld } from "../../tests/fakes/test_world.ts";

const mail = (id: string, ...more: readonly string[]) =>
  [
    `Message-ID: <${id}@customer.example>`,
    "Subject: Help",
    "References: <first@customer.example>",
    "To: mine@parley.example, bo@customer.example",
    ...more,
    "",
    "Please help",
  ].join("\r\n");

async function reply(
  { app }: TestWorld,
  conversationId: string,
  more: Pick<ApiMessageInput, "to" | "cc" | "bcc"> = {},
) {
  const input = { kind: "reply", text: "Yes", ...more } as const;
  const posted = await app.core.messages.post(app.root, conversationId, input);
  assert(posted.ok, JSON.stringify(posted));
  const { email } = posted.value.message;
  assert(email);
  const addresses = (of: "to" | "cc" | "bcc") => email[of].map(({ address }) => address);
  return { to: addresses("to"), cc: addresses("cc"), bcc: addresses("bcc") };
}

Deno.test("a reply goes to all by default, and as chosen when its author chooses", async () => {
  await using world = await openTestWorld();
  const { app, mine } = world;
  const { conversationId } = await receiveMail(
    app,
    mine,
    mail(
      "first",
      "From: Ada <ada@customer.example>",
      "Cc: cy@customer.example, other@parley.example",
    ),
  );

  assert.deepEqual(await reply(world, conversationId), {
    to: ["ada@customer.example"],
    cc: ["bo@customer.example", "cy@customer.example"],
    bcc: [],
  });
  assert.deepEqual(
    await reply(world, conversationId, { cc: ["dee@x.example"], bcc: ["boss@parley.example"] }),
    { to: ["ada@customer.example"], cc: ["dee@x.example"], bcc: ["boss@parley.example"] },
  );
  // Whom they chose stays; who was a blind copy once is not told of the next mail.
  assert.deepEqual(await reply(world, conversationId), {
    to: ["ada@customer.example"],
    cc: ["dee@x.example"],
    bcc: [],
  });
  const defaults = await app.core.messages.replyDefaults(app.root, conversationId);
  assert(defaults.ok);
  assert.deepEqual(defaults.value.sender, [{ name: "Ada", address: "ada@customer.example" }]);
  assert.equal(defaults.value.subject, "Re: Help");
});

Deno.test("a machine's mail is not answered while a person wrote too", async () => {
  await using world = await openTestWorld();
  const { conversationId } = await receiveMail(
    world.app,
    world.mine,
    mail("first", "From: Ada <ada@customer.example>"),
  );
  await receiveMail(
    world.app,
    world.mine,
    mail("away", "From: bo@customer.example", "Auto-Submitted: auto-replied"),
  );

  assert.deepEqual((await reply(world, conversationId)).to, ["ada@customer.example"]);
});

Deno.test("postMessage() refuses recipients that cannot be", async () => {
  await using world = await openTestWorld();
  const { app, mine } = world;
  const { conversationId } = await receiveMail(app, mine, mail("first", "From: ada@x.example"));
  const many = Array.from({ length: 60 }, (_, i) => `p${i}@x.example`);
  const refused = async (id: string, more: Pick<ApiMessageInput, "to" | "cc" | "bcc">) => {
    const posted = await app.core.messages.post(app.root, id, {
      kind: "reply",
      text: "x",
      ...more,
    });
    return posted.ok || posted.error.code !== "invalid" ? null : posted.error.errors[0]?.path;
  };

  assert.equal(await refused(conversationId, { to: [] }), "to");
  assert.equal(await refused(conversationId, { cc: many, bcc: many }), "cc");
  assert.equal(await refused(mine.conversationId, { to: ["ada@x.example"] }), "to");
});

Deno.test("what stands below a letter is what its author was shown", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const { conversationId } = await receiveMail(
    app,
    mine,
    mail("first", "From: Ada <ada@x.example>"),
  );
  const signature = "{{agent.name}} · {{company}}, for {{contact.name}}";
  await app.core.channels.update(app.root, mine.mailId, {
    config: { signature, fromName: "Veloce" },
  });
  const { principal } = agent;
  assert(principal.type === "user");
  const own = { signature: "Ciao {{contact.firstName}}" };
  const write = async () => {
    const shown = await app.core.messages.replyDefaults(principal, conversationId);
    const input = { kind: "reply", text: "Yes" } as const;
    const posted = await app.core.messages.post(principal, conversationId, input);
    assert(shown.ok && posted.ok);
    const { email } = posted.value.message;
    const { from, signature, includesHistory } = email ?? {};
    assert.deepEqual({ from, signature, includesHistory }, shown.value.style);
    return email?.signature;
  };

  assert.equal(await write(), `${principal.user.name} · Veloce, for Ada`);
  assert((await app.core.access.updateProfile(principal, own)).ok);
  assert.equal(await write(), "Ciao Ada");
  assert((await app.core.access.updateProfile(principal, { signature: "" })).ok);
  assert.equal(await write(), `${principal.user.name} · Veloce, for Ada`);
  const wrong = await app.core.access.updateProfile(principal, { signature: "{{nope}}" });
  assert(!wrong.ok && wrong.error.code === "invalid");
});
