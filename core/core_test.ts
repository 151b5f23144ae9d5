import assert from "node:assert/strict";
import { fakePorts } from "../tests/fakes/ports.ts";
import { openTestStore } from "../tests/fakes/store.ts";
import { openTestInbox } from "../tests/fakes/test_inbox.ts";
import { createCore, readConfig } from "./mod.ts";

Deno.test("what a process keeps in memory follows the log again after following it failed", async () => {
  const ports = fakePorts();
  const { store } = await openTestStore({ ports });
  const config = readConfig({ PARLEY_KV: ":memory:" });
  assert(config.ok);
  const core = createCore({ store, ports, config: config.value, adapters: [] });
  const subscribe = core.events.subscribe.bind(core.events);
  let calls = 0;
  core.events.subscribe = (options) => {
    calls++;
    if (calls === 1) throw new Error("Cannot read: the database is away");
    return subscribe(options);
  };

  await core.start();
  for (let i = 0; i < 10 && ports.logs.length === 0; i++) await Promise.resolve();
  ports.clock.advance(1_000);

  assert.deepEqual(ports.logs.map(({ event }) => event), ["following the log failed"]);
  assert.equal(calls, 2);
  await core.stop();
});

Deno.test("core.stop() is one end, however often it is called", async () => {
  const inbox = await openTestInbox();

  await Promise.all([inbox.core.stop(), inbox.core.stop()]);

  await inbox.core.stop();
});
