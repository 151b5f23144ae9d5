/** Against a server that breaks off, leaves out and answers more than it was asked. */
import assert from "node:assert/strict";
import type { PolledDelivery } from "../../../core/channel/mod.ts";
import { openScriptedImap, type ScriptedImap } from "../../../tests/fakes/scripted_imap.ts";
import { askOf, idsOf, mailOf, openSession } from "./fake_mailbox.ts";

/** Polls on fresh connections until there is no more, as the core does. @returns what came and the failures between */
async function pollAll(server: ScriptedImap, begin: string) {
  const deliveries: PolledDelivery[] = [];
  let failures = 0;
  let cursor = begin;
  while (failures < 20) {
    await using mailbox = await openSession(server.port);
    const read = await mailbox.session.poll(cursor, askOf());
    if (read.ok) {
      deliveries.push(...read.value.deliveries);
      cursor = read.value.cursor;
      if (!read.value.hasMore) return { deliveries, failures, cursor };
    } else {
      failures++;
      assert.equal(read.error.code, "unavailable");
      cursor = read.error.cursor ?? cursor;
    }
  }
  throw new Error(`Still failing at ${cursor}`);
}

async function beginning(server: ScriptedImap): Promise<string> {
  await using mailbox = await openSession(server.port);
  return (await mailbox.page(null)).cursor;
}

function fill(server: ScriptedImap, ids: readonly string[]): void {
  for (const [i, id] of ids.entries()) server.mails.set(i + 1, mailOf(id));
}

Deno.test("poll() gets past a mail that breaks the connection each time, with its headers and a notice", async () => {
  await using server = await openScriptedImap();
  const begin = await beginning(server);
  fill(server, ["a", "b", "c"]);
  server.breaksAt.add(2);

  const { deliveries, failures } = await pollAll(server, begin);

  assert.deepEqual(idsOf(deliveries), ["a", "b", "c"]);
  assert.equal(failures, 5);
  assert.match(new TextDecoder().decode(deliveries[1]?.body), /could not be fetched/);
});

Deno.test("poll() keeps a line about a mail of which nothing can be had", async () => {
  await using server = await openScriptedImap();
  const begin = await beginning(server);
  fill(server, ["a", "b"]);
  server.breaksAt.add(1);
  server.breaksHeadersAt.add(1);

  const { deliveries } = await pollAll(server, begin);

  assert.equal(deliveries.length, 2);
  assert.equal(
    new TextDecoder().decode(deliveries[0]?.body),
    "Mail 1 of folder INBOX cannot be fetched.\n",
  );
  assert.deepEqual(idsOf(deliveries.slice(1)), ["b"]);
});

Deno.test("poll() asks again for what a server leaves out of its answer", async () => {
  await using server = await openScriptedImap();
  const begin = await beginning(server);
  fill(server, ["a", "b", "c"]);
  server.leavesOut.add(2);

  const { deliveries, failures } = await pollAll(server, begin);

  assert.deepEqual(idsOf(deliveries), ["a", "b", "c"]);
  assert.equal(failures, 0);
});

Deno.test("poll() looks back in pages, none twice, also with a search that tells too much", async () => {
  await using server = await openScriptedImap();
  const ids = Array.from({ length: 120 }, (_, i) => `n${i}`);
  fill(server, ids);
  await using mailbox = await openSession(server.port, { inbound: { days: 3 } });

  const deliveries: PolledDelivery[] = [];
  let page = await mailbox.page(null);
  // As many pages as it may take, and no more: who begins again would never end.
  for (let i = 0; i < 4; i++) {
    deliveries.push(...page.deliveries);
    if (!page.hasMore) break;
    page = await mailbox.page(page.cursor);
  }

  assert.equal(page.hasMore, false);
  assert.deepEqual(idsOf(deliveries), ids);
});

Deno.test("poll() takes nothing twice from a search that tells too much, and marks nothing as read", async () => {
  await using server = await openScriptedImap();
  const begin = await beginning(server);
  fill(server, ["a", "b"]);
  const { cursor } = await pollAll(server, begin);

  const again = await pollAll(server, cursor);

  assert.deepEqual(again.deliveries, []);
  assert.ok(server.commands.some((command) => command.includes("BODY.PEEK[]")));
  assert.ok(!server.commands.some((command) => /STORE|SELECT|BODY\[/i.test(command)));
});
