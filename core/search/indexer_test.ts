import assert from "node:assert/strict";
import { fakePorts } from "@/tests/fakes/ports.ts";
import { openTestInbox, type TestInbox } from "@/tests/fakes/test_inbox.ts";
import { Hub } from "../events/mod.ts";
import { keys } from "../store/mod.ts";
import type { SearchIndex } from "./index_port.ts";
import { Indexer } from "./indexer.ts";
import { openSqliteIndex } from "./sqlite_index.ts";

const QUERY = {
  terms: [{
    words: ["hello"],
    place: "anywhere",
    isPrefix: false,
    withStems: false,
    isNot: false,
  }],
  facets: [],
  where: [],
  sinceAt: null,
  beforeAt: null,
} as const;

async function count(index: SearchIndex): Promise<number> {
  return (await index.find(QUERY, { skip: 0, limit: 100 })).length;
}

/** One over an index of its own, as after a restart. */
function indexer({ store, ports }: TestInbox, index: SearchIndex): Indexer {
  return new Indexer({ store, ports, index, hub: new Hub({ store, ports }) });
}

Deno.test("drain() goes on where the index is, in a file that was closed in between", async () => {
  await using inbox = await openTestInbox();
  const folder = await Deno.makeTempDir();
  try {
    await inbox.write("Hello one", { from: "a@example.com" });
    using first = openSqliteIndex(`${folder}/search.db`, fakePorts());
    await indexer(inbox, first).drain();
    assert.equal(await count(first), 1);
    const place = await first.place();

    await inbox.write("Hello two", { from: "b@example.com" });
    using again = openSqliteIndex(`${folder}/search.db`, fakePorts());
    assert.equal(await again.place(), place);
    await indexer(inbox, again).drain();
    assert.equal(await count(again), 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("drain() reads everything where the log does not go back to the place", async () => {
  await using inbox = await openTestInbox();
  await inbox.write("Hello one", { from: "a@example.com" });
  const database = `${(await inbox.store.get(keys.workspace()))?.createdAt} `;
  const places = [
    ["an older log", `${database}000000000000`],
    ["a database that was put back", `${database}ffffffffffffffffffff`],
    ["another database", "1 00000000000000010000"],
  ] as const;
  // The log was trimmed up to its end.
  await inbox.store.apply({
    checks: [],
    writes: [{ kind: "set", path: keys.logTrimmed().path, value: await inbox.store.logHead() }],
    changes: [],
    jobDueAt: null,
  });

  for (const [what, place] of places) {
    using index = openSqliteIndex(":memory:", fakePorts());
    await index.apply([], place);
    await indexer(inbox, index).drain();
    assert.equal(await count(index), 1, what);
  }
});

Deno.test("openSqliteIndex() throws away a file that is no index", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/search.db`;
    await Deno.writeTextFile(path, "this is no database, whatever it is called".repeat(100));
    using index = openSqliteIndex(path, fakePorts());
    assert.equal(await index.place(), null);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an index that fails again and again is built anew", async () => {
  await using inbox = await openTestInbox();
  await inbox.write("Hello one", { from: "a@example.com" });
  using real = openSqliteIndex(":memory:", fakePorts());
  let isBroken = true;
  const failing: SearchIndex = {
    place: () => isBroken ? Promise.reject(new Error("malformed")) : real.place(),
    apply: (...given) => real.apply(...given),
    clear() {
      isBroken = false;
      return real.clear();
    },
    find: (...given) => real.find(...given),
    count: () => real.count(),
    findContacts: (...given) => real.findContacts(...given),
    [Symbol.dispose]() {},
  };
  const follower = indexer(inbox, failing);
  follower.start();
  for (let i = 0; i < 40 && await count(real) === 0; i++) {
    inbox.ports.clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await follower.stop();

  assert.equal(await count(real), 1);
});
