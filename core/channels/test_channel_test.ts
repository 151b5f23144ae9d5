import assert from "node:assert/strict";
import type { AnyAdapter, SetupAsk, SetupNews, SetupStep } from "../channel/mod.ts";
import type { Principal } from "../mod.ts";
import { keys } from "../store/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { scriptedAdapter } from "../../tests/fakes/scripted_adapter.ts";
import type { TestedStep } from "./test_channel.ts";

const OWNER: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
type Run = (ask: SetupAsk) => AsyncIterable<SetupNews>;

/** An inbox with a channel whose test is `run`. */
async function openTested(run: Run) {
  const adapter: AnyAdapter = {
    ...scriptedAdapter().adapter,
    id: "tested",
    setup: { test: (_channel, _io, ask) => run(ask) },
  };
  const inbox = await openTestInbox({ adapters: [adapter] });
  const made = await inbox.core.channels.create(OWNER, {
    type: "tested",
    inboxId: inbox.inboxId,
    name: "Tested",
    config: { token: "geheim-geheim" },
  });
  assert.ok(made.ok);
  return { inbox, id: made.value.id };
}

async function stepsOf(
  { core }: TestInbox,
  id: string,
  options: { readonly isWhole?: boolean; readonly signal?: AbortSignal } = {},
): Promise<TestedStep[]> {
  const signal = new AbortController().signal;
  const news = await core.channels.test(OWNER, id, { isWhole: true, signal, ...options });
  if (!news.ok) throw new Error(news.error.code);
  const all = await Array.fromAsync(news.value);
  return all.flatMap((one) => one.kind === "ended" ? [one.step] : []);
}

function telling(...steps: readonly SetupStep[]): Run {
  return async function* () {
    for (const step of steps) {
      yield { kind: "begins", title: step.title };
      yield { kind: "ended", step: await Promise.resolve(step) };
    }
  };
}

const GOOD = { title: "Sign in", ok: true, detail: "" };
const BAD = { title: "Sign in", ok: false, detail: "The word geheim-geheim is wrong" };

Deno.test("test() marks a channel as broken or working, and never tells its secrets", async () => {
  let steps: readonly SetupStep[] = [BAD];
  const { inbox, id } = await openTested((ask) => telling(...steps)(ask));
  await using _ = inbox;
  const statusOf = async () => (await inbox.store.get(keys.channel(id)))?.status;

  const [step] = await stepsOf(inbox, id);
  assert.equal(step?.detail, "The word ••• is wrong");
  assert.equal(await statusOf(), "error");
  steps = [GOOD, { ...BAD, isPassing: true }];
  await stepsOf(inbox, id);
  assert.equal(await statusOf(), "ready");
});

Deno.test("test() tells each step as it ends, and how long it took", async () => {
  const second = Promise.withResolvers<void>();
  const { inbox, id } = await openTested(async function* () {
    yield { kind: "begins", title: "One" };
    yield { kind: "ended", step: { ...GOOD, title: "One" } };
    yield { kind: "begins", title: "Two" };
    await second.promise;
    yield { kind: "ended", step: { ...GOOD, title: "Two" } };
  });
  await using _ = inbox;
  const signal = new AbortController().signal;
  const news = await inbox.core.channels.test(OWNER, id, { isWhole: true, signal });
  assert.ok(news.ok);
  const told = news.value[Symbol.asyncIterator]();

  for (const kind of ["begins", "ended", "begins"]) {
    assert.equal((await told.next()).value?.kind, kind);
  }
  const last = told.next();
  inbox.ports.clock.advance(400);
  second.resolve();
  const { value } = await last;
  assert.ok(value?.kind === "ended");
  assert.equal(value.step.tookMs, 400);
});

Deno.test("test() says so when it breaks off, and leaves the channel as it is", async () => {
  const { inbox, id } = await openTested(async function* () {
    yield { kind: "begins", title: "Look" };
    await Promise.reject(new Error("the library's own words"));
  });
  await using _ = inbox;
  const steps = await stepsOf(inbox, id);

  assert.deepEqual(steps.map(({ title, ok }) => [title, ok]), [["Look", false]]);
  assert.doesNotMatch(steps[0]?.detail ?? "", /library/);
  assert.equal((await inbox.store.get(keys.channel(id)))?.status, "ready");
});

Deno.test("test() lets its adapter wait, until it is given up", async () => {
  const ending = new AbortController();
  const first = Promise.withResolvers<void>();
  const waits = Promise.withResolvers<void>();
  const { inbox, id } = await openTested(async function* (ask) {
    yield { kind: "begins", title: "Wait" };
    first.resolve();
    await ask.wait(1_000);
    yield { kind: "begins", title: "Wait again" };
    waits.resolve();
    await ask.wait(1_000);
  });
  await using _ = inbox;
  const steps = stepsOf(inbox, id, { signal: ending.signal });
  await first.promise;
  inbox.ports.clock.advance(1_000);
  await waits.promise;
  ending.abort();

  assert.equal((await steps)[0]?.title, "Wait again");
});

Deno.test("test() sends no more than twenty messages in ten minutes, whoever asks", async () => {
  const { inbox, id } = await openTested(telling(GOOD));
  await using _ = inbox;
  for (let i = 0; i < 20; i++) await stepsOf(inbox, id);

  await assert.rejects(stepsOf(inbox, id), /rate_limited/);
  assert.equal((await stepsOf(inbox, id, { isWhole: false })).length, 1);
});

Deno.test("test() is for those who manage channels", async () => {
  const { inbox, id } = await openTested(telling(GOOD));
  await using _ = inbox;
  const options = { isWhole: true, signal: new AbortController().signal };
  const byAgent = await inbox.core.channels.test(inbox.agent, id, options);
  const nowhere = await inbox.core.channels.test(OWNER, "chn_none", options);

  assert.ok(!byAgent.ok && byAgent.error.code === "forbidden");
  assert.ok(!nowhere.ok && nowhere.error.code === "not_found");
});
