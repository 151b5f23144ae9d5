import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { unclosableKv } from "../../tests/fakes/unclosable_kv.ts";
import { keys } from "../store/mod.ts";
import { Whereabouts } from "./whereabouts.ts";

const MINUTE_MS = 60_000;

Deno.test("Whereabouts knows who has a stream, and nothing for sure right after a start", async () => {
  using test = await openTestStore();
  const { store, ports } = test;
  const whereabouts = new Whereabouts(store, ports);
  assert.equal(await whereabouts.presenceOf("vis_1"), "unknown");

  const leaveOne = whereabouts.enter("vis_1");
  const leaveTwo = whereabouts.enter("vis_1");
  assert.equal(await whereabouts.presenceOf("vis_1"), "here");
  ports.clock.advance(MINUTE_MS);
  assert.equal(await whereabouts.presenceOf("vis_2"), "away");
  leaveOne();
  leaveOne();
  assert.equal(await whereabouts.presenceOf("vis_1"), "here", "the other tab is still open");
  leaveTwo();

  assert.equal(await whereabouts.presenceOf("vis_1"), "away");
  await whereabouts.stop();
  const written = await Array.fromAsync(store.list(keys.visitorHereAnywhere("vis_1")));
  assert.deepEqual(written, [], "one process alone writes nothing");
});

Deno.test("Whereabouts of several processes know of each other's, until one dies", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    const ports = fakePorts();
    const options = {
      path: "http://kv.test",
      openKv: () => Promise.resolve(unclosableKv(kv)),
      ports,
    };
    using one = await openTestStore(options);
    using two = await openTestStore(options);
    const here = new Whereabouts(one.store, ports);
    const there = new Whereabouts(two.store, ports);
    ports.clock.advance(MINUTE_MS);

    const leave = here.enter("vis_1");
    await until(async () => await there.presenceOf("vis_1") === "here");
    for (let i = 0; i < 12; i++) {
      ports.clock.advance(MINUTE_MS);
      await until(async () => await there.presenceOf("vis_1") === "here");
    }
    leave();
    await until(async () => await there.presenceOf("vis_1") === "away");

    here.enter("vis_1");
    await until(async () => await there.presenceOf("vis_1") === "here");
    await here.stop();
    ports.clock.advance(5 * MINUTE_MS);
    assert.equal(await there.presenceOf("vis_1"), "away", "it said nothing any more");
    await there.stop();
  }
  kv.close();
});

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!await isDone()) {
    if (performance.now() > deadline) throw new Error("It did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
