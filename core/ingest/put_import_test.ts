import assert from "node:assert/strict";
import { storeElsewhere, storeMeeting } from "../../tests/fakes/faulty_store.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { type ImportRecord, keys, type Store, transact } from "../store/mod.ts";
import { endImport, queueImport } from "./put_import.ts";

function recordOf(id: string): ImportRecord {
  return {
    id,
    channelId: "chn_1",
    folder: id,
    sinceAt: null,
    state: "running",
    cursor: "c0",
    progress: null,
    taken: 0,
    failures: 0,
    error: null,
    createdAt: 0,
    endedAt: null,
  };
}

function end(store: Store, id: string, state: "done" | "canceled") {
  return transact(store, async (tx) => {
    const record = await tx.get(keys.import(id));
    assert(record !== null);
    return await endImport(tx, record, { state, error: null });
  });
}

Deno.test("endImport() begins none that another process has canceled at that moment", async () => {
  using test = await openTestStore();
  const { store } = test;
  for (const id of ["imp_1", "imp_2", "imp_3"]) {
    await transact(store, (tx) => queueImport(tx, recordOf(id)));
  }
  const meeting = storeMeeting(
    store,
    1,
    async () => void await end(storeElsewhere(store), "imp_2", "canceled"),
  );

  await end(meeting, "imp_1", "done");

  const states = await Promise.all(
    ["imp_1", "imp_2", "imp_3"].map(async (id) => (await store.get(keys.import(id)))?.state),
  );
  assert.deepEqual(states, ["done", "canceled", "running"]);
  assert.equal(await store.get(keys.runningImport("chn_1")), "imp_3");
});
