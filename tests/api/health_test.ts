import assert from "node:assert/strict";
import { App } from "fresh";
import { handler as healthz } from "../../routes/healthz.ts";
import { handler as metrics } from "../../routes/metrics.ts";
import { handler as readyz } from "../../routes/readyz.ts";
import type { State } from "../../routes/(_shared)/define.ts";
import { valueOf } from "../fakes/access.ts";
import { openTestApp, type TestApp } from "../fakes/test_app.ts";

Deno.test("/healthz answers anyone", async () => {
  await using app = await openTestApp();

  const response = await get(app, "/healthz", null);

  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { ok: true });
});

Deno.test("/readyz is 200 while store, live table and job runner work, and 503 after the end", async () => {
  const app = await openTestApp();
  await app.core.live.ready;

  const ready = await get(app, "/readyz", null);
  await app.core.stop();
  const ended = await get(app, "/readyz", null);

  assert.equal(ready.status, 200);
  assert.deepEqual(await ready.json(), { ok: true, store: true, live: true, jobs: true });
  assert.equal(ended.status, 503);
  const { ok, store, jobs } = await ended.json();
  assert.deepEqual({ ok, store, jobs }, { ok: false, store: false, jobs: false });
});

Deno.test("/metrics is for tokens of owners and admins", async () => {
  await using app = await openTestApp();
  const agent = { type: "token", id: "tok_1", name: "a", role: "agent" } as const;

  const nobody = await get(app, "/metrics", null);
  const wrong = await get(app, "/metrics", agent);
  const right = await get(app, "/metrics", app.root);

  assert.equal(nobody.status, 401);
  assert.equal(wrong.status, 403);
  assert.equal(right.status, 200);
  await Promise.all([nobody, wrong].map((response) => response.body?.cancel()));
});

Deno.test("/metrics counts what there is, one number a line", async () => {
  await using app = await openTestApp();
  valueOf(await app.core.inboxes.create(app.root, { name: "Sales" }));

  const text = await (await get(app, "/metrics", app.root)).text();

  const lines = text.trimEnd().split("\n").filter((line) => !line.startsWith("#"));
  const values = new Map(lines.map((line) => line.split(" ") as [string, string]));
  assert.ok(Number(values.get("process_resident_memory_bytes")) > 1e6);
  assert.equal(values.get("parley_streams"), "0");
  assert.equal(values.get("parley_live_conversations"), "0");
  for (const line of lines) assert.match(line, /^[a-z_]+ \d+(\.\d+)?$/);
});

/** Asks as the built app would, without its middleware. */
async function get(
  { core, config, ports }: TestApp,
  path: string,
  principal: State["principal"],
): Promise<Response> {
  const app = new App<State>()
    .use((ctx) => {
      const t0 = ports.clock.now();
      Object.assign(ctx.state, { core, config, principal, remoteAddress: "192.0.2.1", t0 });
      return ctx.next();
    })
    .get("/healthz", healthz.GET)
    .get("/readyz", readyz.GET)
    .get("/metrics", metrics.GET);
  return await app.handler()(new Request(`http://localhost:8000${path}`));
}
