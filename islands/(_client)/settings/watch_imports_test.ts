import assert from "node:assert/strict";
import type { ApiImport } from "../../../core/model/api_admin.ts";
import { watchImports } from "./watch_imports.ts";

const RUNNING: ApiImport = {
  id: "imp_1",
  channelId: "chn_1",
  folder: "Archive",
  since: null,
  state: "running",
  done: 1,
  total: 10,
  taken: 1,
  failed: 0,
  error: null,
  createdAt: "2026-03-02T09:00:00.000Z",
  endedAt: null,
};

/** A stream and a server whose list of imports a test sets. */
function open(known: readonly ApiImport[]) {
  const stream = new EventTarget();
  let isClosed = false;
  const server = { items: known, asked: 0 };
  const seen: (readonly ApiImport[])[] = [];
  const end = watchImports("chn_1", known, {
    fetch: () => {
      server.asked++;
      return Promise.resolve(Response.json({ items: server.items, next: null }));
    },
    // Of an EventSource only this is used.
    openStream: () =>
      Object.assign(stream, {
        close() {
          isClosed = true;
        },
      }) as unknown as EventSource,
  }, (all) => seen.push(all));
  const tell = (job: object) =>
    stream.dispatchEvent(
      new MessageEvent("job.progress", {
        data: JSON.stringify({ type: "job.progress", job: { ...RUNNING, ...job } }),
      }),
    );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { stream, server, seen, tell, settle, end, isClosed: () => isClosed };
}

Deno.test("watchImports() moves the import an event speaks of, and asks for one it does not know", async () => {
  const { server, seen, tell, settle } = open([RUNNING]);

  tell({ done: 5, taken: 4 });
  tell({ channelId: "chn_other", done: 9 });
  server.items = [{ ...RUNNING, id: "imp_2" }, RUNNING];
  tell({ id: "imp_2" });
  await settle();

  assert.deepEqual(seen[0]?.map(({ done, taken }) => [done, taken]), [[5, 4]]);
  assert.deepEqual(seen[1]?.map(({ id }) => id), ["imp_2", "imp_1"]);
  assert.deepEqual([seen.length, server.asked], [2, 1]);
});

Deno.test("watchImports() asks again when the stream begins anew and when an import ends, until it is ended", async () => {
  const { stream, server, seen, tell, settle, end, isClosed } = open([RUNNING]);

  stream.dispatchEvent(new MessageEvent("hello", { data: "{}" }));
  await settle();
  server.items = [{ ...RUNNING, state: "done", endedAt: "2026-03-02T10:00:00.000Z" }];
  tell({ state: "done" });
  await settle();
  stream.dispatchEvent(new MessageEvent("reset", { data: "{}" }));
  end();
  await settle();

  assert.deepEqual(seen.map((all) => all[0]?.state), ["running", "done"]);
  assert.equal(server.asked, 3);
  assert.ok(isClosed());
});
