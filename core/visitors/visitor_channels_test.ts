import assert from "node:assert/strict";
import { until } from "../../tests/e2e/until.ts";
import { openTestChat } from "../../tests/fakes/chat.ts";
import { keys } from "../store/mod.ts";

Deno.test("a channel's settings hold for visitors from the moment they are changed, and are read once until then", async () => {
  await using chat = await openTestChat({ title: "Before" });
  const { store } = chat.core;
  let reads = 0;
  const getEntry = store.getEntry.bind(store);
  store.getEntry = (key) => {
    if (key.path[0] === keys.channel("").path[0]) reads++;
    return getEntry(key);
  };
  const title = async () => (await chat.call("GET", "/config")).body.title;

  assert.equal(await title(), "Before");
  // The change that made the channel may be told only now: it is looked at once more.
  await until(async () => {
    reads = 0;
    assert.equal(await title(), "Before");
    return reads === 0;
  }, { what: "it is not read any more" });

  const change = (patch: Parameters<typeof chat.core.channels.update>[2]) =>
    chat.core.channels.update(chat.owner, chat.channelId, patch);
  for (const name of ["First", "Second", "Third"]) {
    await Promise.all([title(), change({ config: { title: name } }), title()]);
    assert.equal(await title(), name);
  }
  await change({ status: "paused" });
  assert.equal((await chat.call("GET", "/config")).status, 404);
  await change({ status: "ready" });
  assert.equal(await title(), "Third");
});
