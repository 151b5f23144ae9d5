import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";
import { keys, transact } from "../store/mod.ts";

const OWNER: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
const CONFIG = {
  address: "help@veloce.example",
  inbound: { kind: "push", provider: "raw", secret: "a-secret-nobody-may-see" },
  outbound: {
    kind: "smtp",
    host: "mail.veloce.example",
    port: 587,
    user: "u",
    password: "hush hush",
  },
};

async function createMail(inbox: TestInbox, config: Record<string, unknown> = CONFIG) {
  return await inbox.core.channels.create(OWNER, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Mail",
    config,
  });
}

Deno.test("secrets are stored sealed, read back as set, and reach the adapter open", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });

  const created = await createMail(inbox);

  assert(created.ok, JSON.stringify(created));
  const shown = JSON.stringify(created.value);
  assert(!shown.includes("nobody-may-see") && !shown.includes("hush"));
  assert.deepEqual(Object(created.value.config.inbound).secret, { set: true });
  const stored = await inbox.store.get(keys.channel(created.value.id));
  assert(!JSON.stringify(stored).includes("nobody-may-see"));
  const opened = await inbox.core.channels.open(created.value.id);
  assert(opened.ok);
  assert.equal(Object(opened.value.view.config).inbound.secret, CONFIG.inbound.secret);
  assert.equal(created.value.webhookUrl, `http://localhost:8000/hooks/${created.value.id}`);
});

Deno.test("update() leaves a channel as it is that was changed since the caller read it", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const created = await createMail(inbox);
  assert(created.ok);
  const { id, updatedAt } = created.value;
  inbox.ports.clock.advance(1);

  const first = await inbox.core.channels.update(OWNER, id, { name: "A", ifUpdatedAt: updatedAt });
  const second = await inbox.core.channels.update(OWNER, id, { name: "B", ifUpdatedAt: updatedAt });

  assert(first.ok);
  assert(!second.ok && second.error.code === "conflict");
  assert.equal((await inbox.store.get(keys.channel(id)))?.name, "A");
});

Deno.test("settings changed by two people at once are both kept", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const created = await createMail(inbox);
  assert(created.ok);
  const { id } = created.value;

  const results = await Promise.all([
    inbox.core.channels.update(OWNER, id, { config: { fromName: "Veloce" } }),
    inbox.core.channels.update(OWNER, id, { config: { signature: "Ciao" } }),
    inbox.core.channels.update(OWNER, id, { name: "Post" }),
  ]);

  assert(results.every((one) => one.ok));
  const stored = await inbox.store.get(keys.channel(id));
  assert.deepEqual(
    [stored?.name, stored?.config.fromName, stored?.config.signature],
    ["Post", "Veloce", "Ciao"],
  );
});

Deno.test("markBroken() loses nobody's settings that are saved at the same moment", async () => {
  await using inbox = await openTestInbox();
  const apply = inbox.store.apply.bind(inbox.store);
  let isFirst = true;
  inbox.store.apply = async (batch) => {
    if (isFirst) {
      isFirst = false;
      await inbox.core.channels.update(OWNER, inbox.channelId, { name: "Renamed" });
    }
    return await apply(batch);
  };

  await transact(inbox.store, (tx) => inbox.core.channels.markBroken(tx, inbox.channelId, "No"));

  const stored = await inbox.store.get(keys.channel(inbox.channelId));
  assert.deepEqual([stored?.name, stored?.status, stored?.error], ["Renamed", "error", "No"]);
});

Deno.test("twenty channels made at once are all there", async () => {
  await using inbox = await openTestInbox();
  const input = { type: "scripted", inboxId: inbox.inboxId, config: {} };

  const made = await Promise.all(
    Array.from(
      { length: 20 },
      (_, i) => inbox.core.channels.create(OWNER, { ...input, name: `No. ${i}` }),
    ),
  );

  assert(made.every((one) => one.ok));
  const listed = await inbox.core.channels.list(OWNER);
  assert(listed.ok);
  assert.equal(listed.value.filter(({ name }) => name.startsWith("No. ")).length, 20);
});

Deno.test("no channel is left in an inbox that is removed at the same moment", async () => {
  await using inbox = await openTestInbox();
  const made = await inbox.core.inboxes.create(OWNER, { name: "Short-lived", memberIds: [] });
  assert(made.ok);
  // As in two processes: nothing waits for another.
  inbox.store.inTurn = (_name, run) => run();
  const apply = inbox.store.apply.bind(inbox.store);
  let isFirst = true;
  inbox.store.apply = async (batch) => {
    if (isFirst) {
      isFirst = false;
      const created = await inbox.core.channels.create(OWNER, {
        type: "scripted",
        inboxId: made.value.id,
        name: "Late",
        config: {},
      });
      assert(created.ok);
    }
    return await apply(batch);
  };

  const removed = await inbox.core.inboxes.remove(OWNER, made.value.id);

  assert(!removed.ok && removed.error.code === "conflict");
});

Deno.test("settings too large to be stored are refused by name", async () => {
  await using inbox = await openTestInbox();

  const updated = await inbox.core.channels.update(OWNER, inbox.channelId, {
    config: { token: "x".repeat(60_000) },
  });

  assert(!updated.ok && updated.error.code === "invalid");
  assert.equal(updated.error.errors[0]?.path, "config");
});

Deno.test("an adapter's log shows no secret of its channel", async () => {
  await using inbox = await openTestInbox();
  const token = "1234567:secret";
  await inbox.core.channels.update(OWNER, inbox.channelId, { config: { token } });
  const opened = await inbox.core.channels.open(inbox.channelId);
  assert(opened.ok);

  opened.value.io(new AbortController().signal).log("warn", `asked with ${token}`, {
    url: `https://x.example/bot${encodeURIComponent(token)}/send`,
    count: 3,
  });

  const line = inbox.ports.logs.at(-1);
  assert.deepEqual([line?.event, line?.fields.url, line?.fields.count], [
    "asked with •••",
    "https://x.example/bot•••/send",
    3,
  ]);
});

Deno.test("a secret sent back as set stays, a new one replaces it, null takes an optional one away", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const created = await createMail(inbox);
  assert(created.ok);
  const { id } = created.value;
  const configOf = async () => {
    const opened = await inbox.core.channels.open(id);
    assert(opened.ok);
    return Object(opened.value.view.config);
  };

  const kept = await inbox.core.channels.update(OWNER, id, {
    config: { ...created.value.config, fromName: "Veloce" },
  });
  assert(kept.ok, JSON.stringify(kept));
  assert.equal((await configOf()).outbound.password, "hush hush");
  assert.equal((await configOf()).fromName, "Veloce");

  await inbox.core.channels.update(OWNER, id, {
    config: { outbound: { ...CONFIG.outbound, password: "new one" } },
  });
  assert.equal((await configOf()).outbound.password, "new one");

  await inbox.core.channels.update(OWNER, id, {
    config: { outbound: { ...CONFIG.outbound, user: null, password: null } },
  });
  assert.equal((await configOf()).outbound.password, undefined);
  assert.equal((await configOf()).inbound.secret, CONFIG.inbound.secret);
});

Deno.test("wrong settings are named by their path", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });

  const wrong = await createMail(inbox, {
    ...CONFIG,
    address: "nobody",
    outbound: { kind: "smtp", port: "x" },
  });
  const unknown = await createMail(inbox, { ...CONFIG, surprise: 1 });
  const kind = await inbox.core.channels.create(OWNER, {
    type: "fax",
    inboxId: inbox.inboxId,
    name: "x",
    config: {},
  });
  const nowhere = await inbox.core.channels.create(OWNER, {
    type: "scripted",
    inboxId: "inb_none",
    name: "x",
    config: {},
  });

  assert(!wrong.ok && wrong.error.code === "invalid");
  const paths = wrong.error.errors.map(({ path }) => path);
  assert(paths.includes("config.address") && paths.includes("config.outbound.host"), paths.join());
  assert(!unknown.ok && unknown.error.code === "invalid");
  assert(!kind.ok && kind.error.code === "invalid" && kind.error.errors[0]?.path === "type");
  assert(
    !nowhere.ok && nowhere.error.code === "invalid" && nowhere.error.errors[0]?.path === "inboxId",
  );
});

Deno.test("agents see the channels of their inboxes and change none", async () => {
  await using inbox = await openTestInbox();
  const stranger: Principal = { ...inbox.agent, inboxIds: new Set() };

  const mine = await inbox.core.channels.list(inbox.agent);
  const theirs = await inbox.core.channels.list(stranger);
  const hidden = await inbox.core.channels.get(stranger, inbox.channelId);
  const changed = await inbox.core.channels.update(inbox.agent, inbox.channelId, { name: "x" });
  const removed = await inbox.core.channels.remove(inbox.agent, inbox.channelId);

  assert(mine.ok && mine.value.length === 1);
  assert(theirs.ok && theirs.value.length === 0);
  assert(!hidden.ok && hidden.error.code === "not_found");
  assert(!changed.ok && changed.error.code === "forbidden");
  assert(!removed.ok && removed.error.code === "forbidden");
});

Deno.test("a channel with conversations is not removed", async () => {
  await using inbox = await openTestInbox();
  const empty = await inbox.core.channels.create(OWNER, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Empty",
    config: {},
  });
  assert(empty.ok);
  await inbox.write("Hello");

  const kept = await inbox.core.channels.remove(OWNER, inbox.channelId);
  const gone = await inbox.core.channels.remove(OWNER, empty.value.id);

  assert(!kept.ok && kept.error.code === "conflict");
  assert(gone.ok);
  assert.equal((await inbox.core.channels.open(empty.value.id)).ok, false);
});
