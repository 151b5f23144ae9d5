import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const THANKS = { name: "Thanks", shortcut: "Thanks", text: "Thank you" };

Deno.test("snippets.create() refuses fields that are none, with their line", async () => {
  await using inbox = await openTestInbox();
  const { snippets } = inbox.core;

  const made = await snippets.create(inbox.agent, {
    ...THANKS,
    text: "Hi {{contact.firstName}},\nyour {{order.number}}",
  });

  assert.deepEqual(made, {
    ok: false,
    error: {
      code: "invalid",
      errors: [{ path: "text", message: "names {{order.number}} in line 2, which is no field" }],
    },
  });
});

Deno.test("snippets.create() refuses a shortcut that is taken among what the author sees", async () => {
  await using inbox = await openTestInbox();
  const { snippets } = inbox.core;
  const other = await colleague(inbox);
  valueOf(await snippets.create(inbox.agent, THANKS));
  valueOf(await snippets.create(ROOT, { ...THANKS, shortcut: "bye", sharing: EVERYONE }));

  const again = await snippets.create(inbox.agent, { ...THANKS, shortcut: "thanks" });
  const shared = await snippets.create(inbox.agent, { ...THANKS, shortcut: "BYE" });
  const theirs = await snippets.create(other, THANKS);

  assert.equal(!again.ok && again.error.code, "conflict");
  assert.equal(!shared.ok && shared.error.code, "conflict");
  assert.ok(theirs.ok, "another's private snippet is in nobody's way");
});

Deno.test("snippets.create() gives one of twenty at once the shortcut", async () => {
  await using inbox = await openTestInbox();

  const made = await Promise.all(
    Array.from({ length: 20 }, () => inbox.core.snippets.create(inbox.agent, THANKS)),
  );

  assert.equal(made.filter(({ ok }) => ok).length, 1);
  assert.equal(valueOf(await inbox.core.snippets.list(inbox.agent)).length, 1);
});

Deno.test("snippets.create() makes the same once under one key", async () => {
  await using inbox = await openTestInbox();
  const once = { idempotency: { scope: "s", key: "k", bodyHash: "h" } };

  const first = await inbox.core.snippets.create(inbox.agent, THANKS, once);
  const again = await inbox.core.snippets.create(inbox.agent, THANKS, once);

  assert.deepEqual(again, first);
});

Deno.test("snippets.create() sanitises HTML and keeps what it says as text", async () => {
  await using inbox = await openTestInbox();

  const made = valueOf(
    await inbox.core.snippets.create(inbox.agent, {
      name: "Link",
      shortcut: "link",
      html: '<p onclick="x()">Hi <b>{{contact.name|you}}</b></p><script>alert(1)</script>',
    }),
  );

  assert.equal(made.html, "<p>Hi <b>{{contact.name|you}}</b></p>");
  assert.equal(made.text, "Hi {{contact.name|you}}");
});

Deno.test("snippets.fill() puts the customer in, escaped in HTML, and names what is missing", async () => {
  await using inbox = await openTestInbox();
  const { snippets } = inbox.core;
  const { conversationId } = await inbox.write("Hello", {
    event: {
      sender: {
        identities: [{ kind: "email", value: "o@example.com", verified: true }],
        name: "<b>Bobby</b> Tables",
      },
    },
  });
  const { id } = valueOf(
    await snippets.create(inbox.agent, {
      name: "Hi",
      shortcut: "hi",
      html: "<p>{{contact.firstName}} {{contact.phone}} {{agent.firstName}} {{inbox.name}}</p>",
    }),
  );

  const filled = valueOf(await snippets.fill(inbox.agent, id, conversationId));

  assert.equal(filled.html, "<p>&lt;b&gt;Bobby&lt;/b&gt; {{contact.phone}} Nora Support</p>");
  assert.equal(filled.text, "<b>Bobby</b> {{contact.phone}} Nora Support");
  assert.deepEqual(filled.missing, ["contact.phone"]);
});

Deno.test("snippets.fill() tells nothing of a conversation the caller may not read", async () => {
  await using inbox = await openTestInbox();
  const { snippets } = inbox.core;
  const { conversationId } = await inbox.write("Hello");
  const other = await colleague(inbox);
  const { id } = valueOf(await snippets.create(ROOT, { ...THANKS, sharing: EVERYONE }));

  const filled = await snippets.fill(other, id, conversationId);

  assert.equal(!filled.ok && filled.error.code, "not_found");
});

Deno.test("snippets.update() is for its owner, and for who manages what is shared", async () => {
  await using inbox = await openTestInbox();
  const { snippets } = inbox.core;
  const other = await colleague(inbox);
  const mine = valueOf(await snippets.create(inbox.agent, THANKS));
  const shared = valueOf(
    await snippets.create(inbox.agent, { ...THANKS, shortcut: "all", sharing: EVERYONE }),
  );
  const patch = { text: "Thanks a lot" };

  assert.equal(valueOf(await snippets.update(inbox.agent, mine.id, patch)).text, patch.text);
  assert.deepEqual(codes(await snippets.update(other, mine.id, patch)), "not_found");
  assert.deepEqual(codes(await snippets.update(ROOT, mine.id, patch)), "not_found");
  assert.deepEqual(codes(await snippets.update(other, shared.id, patch)), "forbidden");
  assert.equal(valueOf(await snippets.update(ROOT, shared.id, patch)).text, patch.text);
  assert.deepEqual(codes(await snippets.remove(other, shared.id)), "forbidden");
  assert.deepEqual(codes(await snippets.remove(inbox.agent, mine.id)), "ok");
  assert.deepEqual(codes(await snippets.get(inbox.agent, mine.id)), "not_found");
});

Deno.test("snippets.use() counts each of twenty uses at once, once", async () => {
  await using inbox = await openTestInbox();
  const { snippets } = inbox.core;
  const { id } = valueOf(await snippets.create(inbox.agent, THANKS));
  const once = { idempotency: { scope: "use", key: "k", bodyHash: "h" } };

  await Promise.all(Array.from({ length: 20 }, () => snippets.use(inbox.agent, id)));
  await snippets.use(inbox.agent, id, once);
  await snippets.use(inbox.agent, id, once);
  await inbox.runJobs();

  const { usedCount, usedAt } = valueOf(await snippets.get(inbox.agent, id));
  assert.equal(usedCount, 21);
  assert.equal(usedAt, inbox.ports.clock.now());
});

const EVERYONE = { kind: "everyone" } as const;

function codes(result: { ok: true } | { ok: false; error: { code: string } }): string {
  return result.ok ? "ok" : result.error.code;
}

/** An agent of no inbox. */
async function colleague(
  { core }: { readonly core: Awaited<ReturnType<typeof openTestInbox>>["core"] },
): Promise<Principal> {
  const user = valueOf(
    await core.access.createUser(ROOT, {
      name: "Ana Hoek",
      email: "ana@parley.example",
      role: "agent",
      password: "correct horse battery",
    }),
  );
  return { type: "user", user, inboxIds: new Set(), sessionHash: "" };
}
