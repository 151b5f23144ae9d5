import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { InboxCache } from "../access/mod.ts";
import { readConfig } from "../config/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { createFallbacks } from "./fallbacks.ts";

const RECEIVES = { PARLEY_SMTP_LISTEN: "127.0.0.1:0", PARLEY_MAIL_DOMAIN: "in.veloce.example" };

Deno.test("ensure() gives inboxes from before their address, changes its domain and takes it away", async () => {
  const ports = fakePorts();
  const { store } = await openTestStore({ ports });
  using _ = store;
  const cache = new InboxCache(store);
  const adapters = new Map([[email.id, email]]);
  await transact(store, (tx) => {
    const times = { createdAt: tx.now, updatedAt: tx.now };
    const inbox = { id: "inb_1", name: "Support", memberIds: [], teamIds: [], ...times };
    return Promise.resolve(tx.set(keys.inbox(inbox.id), inbox));
  });
  const ensure = async (env: Record<string, string>, times = 1) => {
    const config = readConfig(env);
    assert(config.ok);
    const fallbacks = createFallbacks({ store, ports, config: config.value, adapters, cache });
    await Promise.all(Array.from({ length: times }, () => fallbacks.ensure()));
    const [inbox] = await cache.all();
    const channels = await Array.fromAsync(store.list(keys.channels()));
    return { fallback: inbox?.fallback, channels: channels.map(({ value }) => value) };
  };

  assert.deepEqual(await ensure({}), { fallback: undefined, channels: [] });
  const first = await ensure(RECEIVES, 20);
  assert.match(first.fallback?.address ?? "", /^support-[a-z2-9]{6}@in\.veloce\.example$/);
  assert.deepEqual(
    first.channels.map(({ id, isFallback, config }) => ({ id, isFallback, at: config.address })),
    [{ id: first.fallback?.channelId, isFallback: true, at: first.fallback?.address }],
  );
  const moved = await ensure({ ...RECEIVES, PARLEY_MAIL_DOMAIN: "new.example" });
  const local = first.fallback?.address.split("@")[0];
  assert.equal(moved.fallback?.address, `${local}@new.example`);
  assert.equal(moved.channels[0]?.config.address, `${local}@new.example`);
  const off = await ensure({});
  assert.equal(off.fallback, undefined);
  assert.equal(off.channels.length, 1, "its conversations keep their channel");
  assert.deepEqual((await ensure(RECEIVES)).fallback, first.fallback);
});
