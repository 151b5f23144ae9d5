import assert from "node:assert/strict";
import { type FakePorts, fakePorts } from "../../tests/fakes/ports.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { keys, type NewJob, type Store, transact } from "../store/mod.ts";
import { type JobContext, JobRunner } from "./mod.ts";

Deno.test("JobRunner runs a job when it is due and not before", async () => {
  await using test = await start();
  const ran: number[] = [];
  test.runner.register("greet", () => Promise.resolve(void ran.push(test.ports.clock.now())));
  const dueAt = test.ports.clock.now() + 5_000;

  await add(test.store, { kind: "greet", payload: {}, dueAt });
  await test.advance(4_999);
  assert.deepEqual(ran, []);
  await test.advance(1);

  assert.deepEqual(ran, [dueAt]);
  assert.equal(await countJobs(test.store), 0);
});

Deno.test("JobRunner runs a job added before it was started", async () => {
  await using test = await start({ isStarted: false });
  let runs = 0;
  test.runner.register("greet", () => Promise.resolve(void runs++));
  await addNow(test, "greet");

  test.runner.start();
  await test.runner.settled();

  assert.equal(runs, 1);
});

Deno.test("JobRunner wakes for the earlier of two jobs, whichever came first", async () => {
  await using test = await start();
  const ran: unknown[] = [];
  test.runner.register("greet", (job) => Promise.resolve(void ran.push(job.payload.n)));
  const now = test.ports.clock.now();

  await add(test.store, { kind: "greet", payload: { n: 1 }, dueAt: now + 9_000 });
  await add(test.store, { kind: "greet", payload: { n: 2 }, dueAt: now + 3_000 });
  await test.advance(3_000);
  assert.deepEqual(ran, [2]);
  await test.advance(6_000);

  assert.deepEqual(ran, [2, 1]);
});

Deno.test("JobRunner runs a job that became due while it looked for others", async () => {
  await using test = await start();
  const ran: unknown[] = [];
  test.runner.register("greet", (job) => Promise.resolve(void ran.push(job.payload.n)));
  const now = test.ports.clock.now();
  await add(test.store, { kind: "greet", payload: { n: 1 }, dueAt: now + 3_000 });
  await add(test.store, { kind: "greet", payload: { n: 2 }, dueAt: now + 3_003 });
  const apply = test.store.apply.bind(test.store);
  let isFirst = true;
  test.store.apply = (batch) => {
    // Claiming takes a few milliseconds.
    if (isFirst) test.ports.clock.advance(5);
    isFirst = false;
    return apply(batch);
  };

  await test.advance(3_000);

  assert.deepEqual(ran, [1, 2]);
});

Deno.test("JobRunner finds a job that another process added without a word", async () => {
  await using test = await start();
  let runs = 0;
  test.runner.register("greet", () => Promise.resolve(void runs++));
  await test.runner.settled();
  await addSilently(test, "greet");

  await test.advance(30_000);

  assert.equal(runs, 1);
});

Deno.test("JobRunner retries a job that threw, later each time, then lists it as dead", async () => {
  await using test = await start();
  const ran: number[] = [];
  test.runner.register("fail", (job) => {
    ran.push(job.attempts);
    return Promise.reject(new Error("no luck"));
  }, { maxAttempts: 3 });
  await addNow(test, "fail");
  await test.runner.settled();

  await test.advance(2_000);
  assert.deepEqual(ran, [1, 2]);
  await test.advance(1_000);
  assert.deepEqual(ran, [1, 2]);
  await test.advance(2_000);

  const [dead] = await test.runner.dead();
  assert.deepEqual(ran, [1, 2, 3]);
  assert.equal(dead?.lastError, "no luck");
  assert.equal(dead?.lease, null);
  assert.equal(await countJobs(test.store), 0);
});

Deno.test("JobRunner runs a dead job again, or drops it", async () => {
  await using test = await start();
  let isBroken = true;
  let runs = 0;
  test.runner.register("fail", () => {
    runs++;
    return isBroken ? Promise.reject(new Error("no luck")) : Promise.resolve();
  }, { maxAttempts: 1 });
  await addNow(test, "fail", "job_a");
  await addNow(test, "fail", "job_b");
  await test.runner.settled();
  isBroken = false;

  const answers = [
    await test.runner.retryDead("job_a"),
    await test.runner.dropDead("job_b"),
    await test.runner.retryDead("job_b"),
    await test.runner.dropDead("job_c"),
  ];
  await test.runner.settled();

  assert.deepEqual(answers, [true, true, false, false]);
  assert.equal(runs, 3);
  assert.deepEqual(await test.runner.dead(), []);
});

Deno.test("JobRunner ends a job in the commit of its effect", async () => {
  await using test = await start();
  test.runner.register("count", (_job, context) =>
    transact(test.store, async (tx) => {
      await increment(tx);
      context.complete(tx);
    }));

  await addNow(test, "count");
  await test.runner.settled();

  assert.equal(await test.store.get(COUNT), 1);
  assert.equal(await countJobs(test.store), 0);
});

Deno.test("JobRunner puts a job off in a commit, with or without counting the run", async () => {
  await using test = await start();
  const attempts: number[] = [];
  test.runner.register("wait", async (job, context) => {
    attempts.push(job.attempts);
    if (attempts.length === 4) return;
    const error = attempts.length === 2 ? "busy" : undefined;
    const ref = await transact(test.store, (tx) => {
      return Promise.resolve(context.reschedule(tx, tx.now + 1_000, error));
    });
    const put = await test.store.get(keys.job(ref.dueAt, ref.id));
    assert.equal(put?.lastError ?? null, attempts.length >= 2 ? "busy" : null);
  });

  await addNow(test, "wait");
  await test.runner.settled();
  for (let i = 0; i < 3; i++) await test.advance(1_000);

  assert.deepEqual(attempts, [1, 1, 2, 2]);
  assert.equal(await countJobs(test.store), 0);
});

Deno.test("JobRunner runs a job again whose handler put it off in a commit that did not happen", async () => {
  await using test = await start();
  let runs = 0;
  test.runner.register("wait", async (_job, context) => {
    if (++runs > 1) return;
    await transact(test.store, (tx) => {
      context.reschedule(tx, tx.now + 60_000);
      return Promise.resolve({ ok: false });
    });
  });

  await addNow(test, "wait");
  await test.runner.settled();
  await test.advance(2_000);

  assert.equal(runs, 2);
});

Deno.test("JobRunner holds no more handlers of a kind at once than it may, and starves no other", async () => {
  await using test = await start({ isStarted: false });
  const gate = Promise.withResolvers<void>();
  let now = 0;
  let most = 0;
  let others = 0;
  test.runner.register("slow", async () => {
    most = Math.max(most, ++now);
    await gate.promise;
    now--;
  }, { concurrency: 3 });
  test.runner.register("quick", () => Promise.resolve(void others++));
  for (let i = 0; i < 20; i++) await addNow(test, "slow");
  await addNow(test, "quick");

  test.runner.start();
  await until(() => others === 1);
  assert.equal(most, 3);
  gate.resolve();
  await test.runner.settled();

  assert.equal(most, 3);
  assert.equal(await countJobs(test.store), 0);
});

Deno.test("JobRunner starts jobs of a kind in their order, also when places get free meanwhile", async () => {
  await using test = await start({ isStarted: false });
  const started: unknown[] = [];
  test.runner.register("greet", async (job) => {
    started.push(job.payload.n);
    for (let turn = 0; turn < Number(job.payload.n) % 7; turn++) await test.store.get(keys.head());
  }, { concurrency: 8 });
  const dueAt = test.ports.clock.now();
  const numbers = Array.from({ length: 200 }, (_, n) => n);
  for (const n of numbers) {
    await add(test.store, { kind: "greet", payload: { n }, dueAt, id: `job_${1_000 + n}` });
  }

  test.runner.start();
  await test.runner.settled();

  assert.deepEqual(started, numbers);
});

Deno.test("two JobRunners run each of 200 jobs exactly once", async () => {
  await using test = await start();
  const second = new JobRunner({ store: test.store, ports: test.ports });
  const runs = new Map<string, number>();
  for (const runner of [test.runner, second]) {
    runner.register("count", (job, context) => {
      runs.set(job.id, (runs.get(job.id) ?? 0) + 1);
      return transact(test.store, async (tx) => {
        await increment(tx);
        context.complete(tx);
      }, { queue: "count" });
    });
  }

  second.start();
  await Promise.all(Array.from({ length: 200 }, () => addNow(test, "count")));
  await until(async () => await countJobs(test.store) === 0);
  await Promise.all([test.runner.settled(), second.settled()]);
  await second.stop();

  assert.equal(await test.store.get(COUNT), 200);
  assert.equal(runs.size, 200);
  assert.ok([...runs.values()].every((count) => count === 1));
});

Deno.test("a JobRunner takes over what a dead one left, knowing that it is recovered", async () => {
  await using dead = await start();
  let isAlive = false;
  const hanging = Promise.withResolvers<void>();
  dead.runner.register("count", async (_job, context) => {
    await hanging.promise;
    await transact(dead.store, async (tx) => {
      await increment(tx);
      context.complete(tx);
    });
  }, { leaseMs: 10_000 });
  await addNow(dead, "count");
  await until(async () => (await listJobs(dead.store))[0]?.lease !== null);
  // A second process on the same database, with a clock of its own: the first one's stands still.
  const ports = fakePorts({ at: dead.ports.clock.now() + 10_001, ids: dead.ports.ids });
  const second = new JobRunner({ store: dead.store, ports });
  const seen: boolean[] = [];
  second.register("count", (_job, context) =>
    transact(dead.store, async (tx) => {
      seen.push(context.recovered);
      await increment(tx);
      context.complete(tx);
      isAlive = true;
    }));

  assert.equal(await second.drain(), 1);
  hanging.resolve();
  await dead.runner.settled();

  assert.ok(isAlive);
  assert.deepEqual(seen, [true]);
  assert.equal(await dead.store.get(COUNT), 1, "the late effect of the first must not be written");
  assert.equal(await countJobs(dead.store), 0);
  assert.match(JSON.stringify(dead.ports.logs), /job lease lost|job failed/);
});

Deno.test("JobRunner keeps the lease of a handler that takes long", async () => {
  await using test = await start();
  const gate = Promise.withResolvers<void>();
  let context: JobContext | undefined;
  test.runner.register("long", async (_job, given) => {
    context = given;
    await gate.promise;
  }, { leaseMs: 10_000 });
  await addNow(test, "long");
  await until(() => context !== undefined);
  const from = test.ports.clock.now();

  for (let i = 1; i <= 4; i++) {
    test.ports.clock.advance(5_000);
    const deadline = from + i * 5_000 + 10_000;
    await until(async () => (await listJobs(test.store))[0]?.dueAt === deadline);
  }
  gate.resolve();
  await test.runner.settled();

  assert.equal(context?.signal.aborted, false);
  assert.equal(await countJobs(test.store), 0);
});

Deno.test("JobRunner aborts a handler whose lease was lost", async () => {
  await using test = await start();
  const aborted = Promise.withResolvers<void>();
  test.runner.register("long", (_job, { signal }) => {
    signal.addEventListener("abort", () => aborted.resolve());
    return aborted.promise;
  }, { leaseMs: 10_000 });
  await addNow(test, "long");
  await until(async () => (await listJobs(test.store))[0]?.lease !== null);
  const [job] = await listJobs(test.store);
  assert.ok(job);
  await transact(test.store, (tx) => Promise.resolve(tx.delete(keys.job(job.dueAt, job.id))));

  test.ports.clock.advance(5_000);
  await aborted.promise;
  await test.runner.settled();
});

Deno.test("JobRunner buries a job that kills its owner each time", async () => {
  await using test = await start({ isStarted: false });
  const now = test.ports.clock.now();
  test.runner.register("poison", () => Promise.resolve(), { maxAttempts: 2 });
  await transact(test.store, (tx) =>
    Promise.resolve(tx.set(keys.job(now, "job_x"), {
      id: "job_x",
      kind: "poison",
      payload: {},
      dueAt: now,
      firstDueAt: now,
      attempts: 2,
      lease: "own_dead",
      lastError: null,
    })));

  await test.runner.drain();

  assert.deepEqual((await test.runner.dead()).map(({ lastError }) => lastError), [
    "Its owner died 2 times",
  ]);
});

Deno.test("JobRunner.stop() waits for a handler and releases what its end interrupted", async () => {
  await using test = await start();
  const ending = new AbortController();
  const running = Promise.withResolvers<void>();
  test.runner.register("long", (_job, { signal }) => {
    running.resolve();
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  });
  await addNow(test, "long");
  await running.promise;

  const stopping = test.runner.stop(ending.signal);
  test.ports.clock.advance(2_000);
  await stopping;

  const [job] = await listJobs(test.store);
  assert.deepEqual([job?.lease, job?.attempts], [null, 0]);
});

Deno.test("JobRunner.stop() leaves the lease of a handler that does not end", async () => {
  await using test = await start();
  const gate = Promise.withResolvers<void>();
  const running = Promise.withResolvers<void>();
  test.runner.register("deaf", () => {
    running.resolve();
    return gate.promise;
  });
  await addNow(test, "deaf");
  await running.promise;

  await test.runner.stop(AbortSignal.abort());

  assert.notEqual((await listJobs(test.store))[0]?.lease, null);
  gate.resolve();
  await test.runner.settled();
});

Deno.test("JobRunner.drain() runs what is due without being started, up to a limit", async () => {
  await using test = await start({ isStarted: false });
  let runs = 0;
  test.runner.register("greet", () => Promise.resolve(void runs++));
  for (let i = 0; i < 5; i++) await addNow(test, "greet");

  assert.equal(await test.runner.drain(2), 2);
  assert.equal(await test.runner.drain(), 3);
  assert.equal(runs, 5);
});

Deno.test("JobRunner leaves a job of an unknown kind where it is", async () => {
  await using test = await start();
  test.runner.register("known", () => Promise.resolve());

  await addNow(test, "unknown");
  await test.runner.settled();

  assert.deepEqual((await listJobs(test.store)).map(({ lease }) => lease), [null]);
});

Deno.test("JobRunner.register() refuses a second handler of a kind", async () => {
  await using test = await start({ isStarted: false });
  test.runner.register("greet", () => Promise.resolve());

  assert.throws(() => test.runner.register("greet", () => Promise.resolve()), /it has a handler/);
});

const COUNT = keys.quota("chn_1", "2026-03-02");

Deno.test("JobRunner.drain() also runs what a job planned that ended while it looked for others", async () => {
  await using test = await start();
  const ran: string[] = [];
  const mayEnd = Promise.withResolvers<void>();
  test.runner.register("first", async () => {
    ran.push("first");
    await mayEnd.promise;
    await addNow(test, "second");
  });
  test.runner.register("second", () => Promise.resolve(void ran.push("second")));
  await addNow(test, "first");
  await until(() => ran.length === 1);
  const list = test.store.list.bind(test.store);
  let isFirst = true;
  test.store.list = async function* (range, options) {
    const found = await Array.fromAsync(list(range, options));
    if (isFirst) {
      isFirst = false;
      mayEnd.resolve();
      // What was listed is from before; the first job is gone now, and the second one waits.
      await until(async () =>
        (await Array.fromAsync(list(keys.jobsDue(Infinity)))).every(({ value }) =>
          value.kind === "second"
        )
      );
    }
    yield* found;
  };

  await test.runner.drain();

  assert.deepEqual(ran, ["first", "second"]);
});

async function start(options: { isStarted?: boolean } = {}) {
  const { store, ports, ...test } = await openTestStore();
  const runner = new JobRunner({ store, ports });
  if (options.isStarted ?? true) runner.start();
  return {
    store,
    ports,
    runner,
    async advance(ms: number) {
      await runner.settled();
      ports.clock.advance(ms);
      await runner.settled();
    },
    async [Symbol.asyncDispose]() {
      await runner.stop();
      test[Symbol.dispose]();
    },
  };
}

function add(store: Store, job: NewJob) {
  return transact(store, (tx) => Promise.resolve(tx.job(job)));
}

function addNow(test: { store: Store; ports: FakePorts }, kind: string, id?: string) {
  const dueAt = test.ports.clock.now();
  return add(test.store, { kind, payload: {}, dueAt, ...(id === undefined ? {} : { id }) });
}

/** As another process would: without telling this one. */
async function addSilently(test: { store: Store; ports: FakePorts }, kind: string) {
  const dueAt = test.ports.clock.now();
  const job = { id: "job_silent", kind, payload: {}, dueAt, firstDueAt: dueAt };
  await test.store.apply({
    checks: [],
    writes: [{
      kind: "set",
      path: keys.job(dueAt, job.id).path,
      value: { ...job, attempts: 0, lease: null, lastError: null },
    }],
    changes: [],
    jobDueAt: null,
  });
}

async function listJobs(store: Store) {
  return (await Array.fromAsync(store.list(keys.jobs()))).map(({ value }) => value);
}

async function countJobs(store: Store) {
  return (await listJobs(store)).length;
}

async function increment(tx: Parameters<Parameters<typeof transact>[1]>[0]) {
  tx.set(COUNT, (await tx.get(COUNT) ?? 0) + 1);
}

/** Bounded polling. */
async function until(isTrue: () => boolean | Promise<boolean>) {
  for (let i = 0; i < 500; i++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("Cannot go on: it did not become true within 1 s");
}
