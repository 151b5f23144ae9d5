import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { TEST_SECRET } from "../../tests/fakes/store.ts";
import type { Migration } from "./migrations.ts";
import { keys, openStore, type OpenStoreOptions, type Store, transact } from "./mod.ts";
import type { WorkspaceRecord } from "./records.ts";

const OTHER_SECRET = "another secret of at least 32 bytes, also for tests";

Deno.test("openStore() makes a database and finds it again", async () => {
  await using folder = await makeFolder();
  {
    using store = await folder.open();
    assert.equal((await store.get(keys.workspace()))?.isSetUp, false);
    await transact(store, (tx) => Promise.resolve(tx.set(keys.quota("c", "d"), 7)));
  }

  using store = await folder.open();

  assert.equal(await store.get(keys.quota("c", "d")), 7);
});

Deno.test("openStore() lets one process have the file and tells the other", async () => {
  await using folder = await makeFolder();
  {
    using _store = await folder.open();
    const second = await folder.tryOpen({ lockWaitMs: 120 });
    assert.ok(!second.ok);
    assert.equal(second.error.code, "locked");
    assert.match(second.error.message, /another process holds ".*parley\.lock"/);
  }

  using _again = await folder.open({ lockWaitMs: 0 });
});

Deno.test("openStore() waits for a process that is just ending", async () => {
  await using folder = await makeFolder();
  const first = await folder.open();
  const waiting = folder.tryOpen({ lockWaitMs: 5_000 });
  setTimeout(() => first[Symbol.dispose](), 80);

  const second = await waiting;

  assert.ok(second.ok);
  second.value[Symbol.dispose]();
});

Deno.test("openStore() gets the lock of a process that was killed", async () => {
  await using folder = await makeFolder();
  const holder = new Deno.Command(Deno.execPath(), {
    args: ["eval", HOLD_LOCK, folder.lockPath],
    stdout: "piped",
  }).spawn();
  const output = holder.stdout.getReader();
  await output.read();
  const refused = await folder.tryOpen({ lockWaitMs: 0 });
  assert.ok(!refused.ok);

  holder.kill("SIGKILL");
  await holder.status;
  await output.cancel();

  using _store = await folder.open({ lockWaitMs: 0 });
});

Deno.test("openStore() refuses another secret, and takes it with the old one beside it", async () => {
  await using folder = await makeFolder();
  let sealed;
  {
    using store = await folder.open();
    sealed = await store.vault.seal("channel", "hush");
  }

  const wrong = await folder.tryOpen({ secrets: { current: OTHER_SECRET, old: [] } });
  assert.ok(!wrong.ok);
  assert.equal(wrong.error.code, "wrong_secret");

  {
    using store = await folder.open({ secrets: { current: OTHER_SECRET, old: [TEST_SECRET] } });
    assert.equal(await store.vault.open("channel", sealed), "hush");
  }
  // From now on the database belongs to the new one.
  const old = await folder.tryOpen();
  assert.ok(!old.ok && old.error.code === "wrong_secret");
  using _store = await folder.open({ secrets: { current: OTHER_SECRET, old: [] } });
});

Deno.test("openStore() refuses a database of a newer schema", async () => {
  await using folder = await makeFolder();
  {
    using store = await folder.open();
    await changeWorkspace(store, { schema: 1_000 });
  }

  const result = await folder.tryOpen();

  assert.ok(!result.ok);
  assert.equal(result.error.code, "newer_schema");
  assert.match(result.error.message, /schema 1000 is newer/);
});

Deno.test("openStore() runs the migrations a database lacks, each once and in order", async () => {
  await using folder = await makeFolder();
  const ran: number[] = [];
  const step = (to: number): Migration => ({
    to,
    name: `step ${to}`,
    async run(kv) {
      ran.push(to);
      // The fixture: a user of schema 1 without the field that schema 2 needs.
      const old = await kv.get<Record<string, unknown>>(["user", "usr_1"]);
      if (to === 2) await kv.set(["user", "usr_1"], { ...old.value, meetingLink: null });
    },
  });
  {
    using store = await folder.open({ migrations: [step(1)] });
    await store.apply({
      checks: [],
      writes: [{ kind: "set", path: keys.user("usr_1").path, value: { id: "usr_1", name: "Ada" } }],
      changes: [],
      jobDueAt: null,
    });
  }
  assert.deepEqual(ran, [], "a new database has nothing to migrate");

  {
    using store = await folder.open({ migrations: [step(1), step(2), step(3)] });
    assert.deepEqual(await store.get(keys.user("usr_1")), {
      id: "usr_1",
      name: "Ada",
      meetingLink: null,
    });
    assert.equal((await store.get(keys.workspace()))?.schema, 3);
  }
  using _store = await folder.open({ migrations: [step(1), step(2), step(3)] });

  assert.deepEqual(ran, [2, 3]);
});

Deno.test("openStore() goes on with the migration at which it was cut off", async () => {
  await using folder = await makeFolder();
  const ran: number[] = [];
  let isCutOff = true;
  const migrations = [1, 2, 3].map((to): Migration => ({
    to,
    name: `step ${to}`,
    run() {
      ran.push(to);
      return to === 3 && isCutOff ? Promise.reject(new Error("killed")) : Promise.resolve();
    },
  }));
  (await folder.open({ migrations: migrations.slice(0, 1) }))[Symbol.dispose]();

  await assert.rejects(folder.tryOpen({ migrations }), /killed/);
  isCutOff = false;
  using store = await folder.open({ migrations, lockWaitMs: 0 });

  assert.deepEqual(ran, [2, 3, 3]);
  assert.equal((await store.get(keys.workspace()))?.schema, 3);
});

Deno.test("openStore() tells why a database cannot be opened", async () => {
  await using folder = await makeFolder();

  const result = await folder.tryOpen({ path: `${folder.path}/absent/parley.kv` });

  assert.ok(!result.ok);
  assert.equal(result.error.code, "cannot_open");
  assert.match(result.error.message, /^Cannot open database: /);
});

Deno.test("openStore() keeps commits that were answered when its process is killed", async () => {
  await using folder = await makeFolder();
  const writer = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--unstable-kv",
      new URL("../../tests/store/writer_process.ts", import.meta.url).pathname,
    ]
      .concat(folder.dataPath, folder.lockPath),
    stdout: "piped",
  }).spawn();
  let answered = 0;
  const lines = writer.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (answered < 200) {
    const { value = "" } = await lines.read();
    answered = Math.max(answered, ...value.split("\n").filter(Boolean).map(Number));
  }

  writer.kill("SIGKILL");
  await writer.status;
  await lines.cancel();

  using store = await folder.open({ lockWaitMs: 1_000 });
  const count = await store.get(keys.quota("count", "all")) ?? 0;
  const log = await Array.fromAsync(store.list(keys.logAfter("")));
  assert.ok(count >= answered, `${count} stored, ${answered} answered`);
  assert.equal(log.length, count, "record and log entry are one commit");
});

/** Holds a lock until it is killed. */
const HOLD_LOCK = `
  const file = await Deno.open(Deno.args[0], { create: true, read: true, write: true });
  console.log(await file.tryLock(true));
  setInterval(() => {}, 1e6);
`;

async function makeFolder() {
  const path = await Deno.makeTempDir({ prefix: "parley_store_" });
  const dataPath = `${path}/parley.kv`;
  const lockPath = `${path}/parley.lock`;
  const tryOpen = (options: Partial<OpenStoreOptions> = {}) =>
    openStore({
      path: dataPath,
      lockPath,
      ports: fakePorts(),
      secrets: { current: TEST_SECRET, old: [] },
      ...options,
    });
  return {
    path,
    dataPath,
    lockPath,
    tryOpen,
    async open(options: Partial<OpenStoreOptions> = {}) {
      const opened = await tryOpen(options);
      if (!opened.ok) throw new Error(opened.error.message);
      return opened.value;
    },
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

async function changeWorkspace(
  store: Store,
  change: Partial<WorkspaceRecord>,
): Promise<void> {
  await transact(store, async (tx) => {
    const record = await tx.get(keys.workspace());
    if (record) tx.set(keys.workspace(), { ...record, ...change });
  });
}
