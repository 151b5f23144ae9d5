import assert from "node:assert/strict";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { openSqliteIndex } from "../search/mod.ts";
import { examine } from "./examine.ts";
import { runAdminCommand } from "./run_admin_command.ts";

const CONFIG = { url: null, smtpUrl: null, mailApi: null };

Deno.test("the doctor sees a search index that lost its conversations, and --rebuild brings them back", async () => {
  const index = openSqliteIndex(":memory:", fakePorts());
  await using inbox = await openTestInbox({ searchIndex: index });
  for (let n = 0; n < 120; n++) {
    await inbox.write(`Message ${n}`, { from: `ana${n}@example.com` });
  }
  const { core, store } = inbox;
  const { access, inboxes, search } = core;
  const context = { access, inboxes, store, config: CONFIG, search: search.state };
  const stateOf = async () => (await examine(context)).find(({ title }) => title === "search");
  await search.drain();
  assert.deepEqual(await stateOf(), {
    state: "ok",
    title: "search",
    detail: "knows 120 of 120 conversations",
  });

  await index.clear();
  const lost = await stateOf();
  const report = await runAdminCommand(context, { name: "doctor", rebuild: true });
  // Behind the rebuild, as it runs one thing at a time.
  await search.drain();

  assert.equal(lost?.state, "warn");
  assert.match(lost?.detail ?? "", /knows 0 of 120 conversations: `doctor --rebuild`/);
  assert(report.ok);
  assert.equal((await stateOf())?.state, "ok");
});
