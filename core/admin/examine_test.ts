import assert from "node:assert/strict";
import { openTestAccess, PASSWORD } from "../../tests/fakes/access.ts";
import type { Channel } from "../model/channel.ts";
import { type Job, keys, transact } from "../store/mod.ts";
import { examine } from "./examine.ts";
import { runAdminCommand } from "./run_admin_command.ts";

const CHANNEL: Channel = {
  id: "chn_1",
  type: "email",
  inboxId: "inb_1",
  name: "Support mail",
  config: {},
  secrets: {},
  autoTicket: false,
  status: "error",
  error: "The password was refused",
  createdAt: 0,
  updatedAt: 0,
};
const JOB: Job = {
  id: "job_1",
  kind: "send",
  payload: {},
  dueAt: 1,
  firstDueAt: 1,
  attempts: 9,
  lease: null,
  lastError: "gave up",
};

Deno.test("examine() finds nothing bad in a fresh and in a set-up database", async () => {
  using test = await openTestAccess();
  const config = { url: null, smtpUrl: null, mailApi: null };

  const fresh = await examine({ store: test.store, config, search: null });
  await test.access.ensureAdmin("ada@parley.example", PASSWORD);
  const used = await examine({
    store: test.store,
    config: { url: "https://inbox.example", smtpUrl: "smtp://mail.example", mailApi: null },
    search: null,
  });

  assert.deepEqual(
    fresh.map(({ state, title }) => `${state} ${title}`),
    [
      "warn database",
      "ok users",
      "warn address",
      "warn own mail",
      "ok channels",
      "ok jobs",
      "ok deliveries",
    ],
  );
  assert.equal(used.every(({ state }) => state === "ok"), true);
  assert.equal(used[1]?.detail, "1 active, 1 of them owners");
});

Deno.test("examine() names broken channels, dead jobs and failed deliveries", async () => {
  using test = await openTestAccess();
  await test.owner();
  await transact(test.store, (tx) => {
    tx.set(keys.channel(CHANNEL.id), CHANNEL);
    tx.set(keys.deadJob(JOB.id), JOB);
    tx.set(keys.journalFailed(CHANNEL.id, 1, "jrn_1"), true);
    return Promise.resolve();
  });
  const { access, inboxes, store } = test;
  const config = { url: null, smtpUrl: null, mailApi: null };

  const checks = await examine({ store, config, search: null });
  const report = await runAdminCommand({ access, inboxes, store, config, search: null }, {
    name: "doctor",
  });

  const found = checks.filter(({ title }) => ["channel", "jobs", "deliveries"].includes(title));
  assert.deepEqual(found, [
    { state: "bad", title: "channel", detail: '"Support mail": The password was refused' },
    { state: "bad", title: "jobs", detail: "0 waiting, 1 given up" },
    {
      state: "warn",
      title: "deliveries",
      detail: "1 could not be read: see the channel's page",
    },
  ]);
  assert(report.ok);
  assert.equal(report.value.isHealthy, false);
  assert.equal(report.value.lines.includes("bad   jobs        0 waiting, 1 given up"), true);
});
