import assert from "node:assert/strict";
import type { SetupStep } from "../../../core/channel/mod.ts";
import { graphError } from "../../../tests/fakes/messenger/graph_errors.ts";
import { type FakePage, NOW, openFakePage } from "../../../tests/fakes/messenger/fake_page.ts";
import { messenger } from "../mod.ts";
import { metaApp, REVIEW_TEXTS } from "../meta/mod.ts";
import { WANTED_FIELDS } from "./subscription.ts";

const { connection, accounts, setup } = messenger;
const HOOK = "http://127.0.0.1:9/hooks/app/app_1";

Deno.test("connect() subscribes to everything, and twice is once", async () => {
  await using test = openFakePage();
  const { page, channel, io } = test;

  const first = await connection?.connect(channel, io);
  const second = await connection?.connect(channel, io);

  assert.ok(first?.ok && second?.ok);
  assert.deepEqual([...page.fields ?? []], WANTED_FIELDS);
});

Deno.test("connect() says what the token lacks", async () => {
  await using test = openFakePage();
  test.page.state.permissions = ["pages_messaging"];

  const made = await connection?.connect(test.channel, test.io);

  assert.ok(made && !made.ok);
  assert.equal(made.error.code, "broken");
  assert.match(made.error.message, /pages_manage_metadata/);
});

Deno.test("disconnect() takes the app off the Page, and what is gone already is no error", async () => {
  await using test = openFakePage();
  const { page, channel, io } = test;
  page.subscribe();

  const first = await connection?.disconnect(channel, io);
  assert.equal(page.fields, null);
  const second = await connection?.disconnect(channel, io);
  page.state.tokenProblem = 460;
  const dead = await connection?.disconnect(channel, io);
  test.graph.failNext(graphError("temporary"));
  const later = await connection?.disconnect(channel, io);

  assert.ok(first?.ok && second?.ok && dead?.ok);
  assert.ok(later && !later.ok && later.error.code === "unavailable");
});

for (
  const [name, before] of [
    ["ended", null],
    ["is missing fields", ["messages"]],
  ] as const
) {
  Deno.test(`health() renews a subscription that ${name}`, async () => {
    await using test = openFakePage();
    const { page, channel, io } = test;
    page.state.fields = before === null ? null : new Set(before);

    const mended = await connection?.health(channel, io);
    const well = await connection?.health(channel, io);

    assert.ok(mended?.ok && mended.value.mended !== null);
    assert.deepEqual(well, { ok: true, value: { mended: null } });
    assert.deepEqual([...page.fields ?? []], WANTED_FIELDS);
  });
}

Deno.test("health() renews a subscription that ended, though another app has one", async () => {
  await using test = openFakePage();
  const { page, channel, io } = test;
  page.state.otherApps = [{ id: "55", name: "Bot Builder" }];
  page.state.fields = null;

  const mended = await connection?.health(channel, io);

  assert.ok(mended?.ok && mended.value.mended !== null);
  assert.deepEqual([...page.fields ?? []], WANTED_FIELDS);
});

for (const subcode of [458, 460, 463, 467] as const) {
  Deno.test(`health() says that a token is over (${subcode})`, async () => {
    await using test = openFakePage();
    test.page.state.tokenProblem = subcode;

    const health = await connection?.health(test.channel, test.io);

    assert.ok(health && !health.ok && health.error.code === "broken");
    assert.match(health.error.message, /token/);
  });
}

Deno.test("health() blames nobody while Meta cannot be reached", async () => {
  await using test = openFakePage();
  for (const name of ["temporary", "page limit"] as const) {
    test.graph.failNext(graphError(name));

    const health = await connection?.health(test.channel, test.io);

    assert.ok(health && !health.ok && health.error.code === "unavailable", name);
  }
});

Deno.test("accounts.list() lists the Pages of somebody who manages them, and the one of a Page's own token", async () => {
  await using test = openFakePage();
  const { graph, page, channel: { app }, io } = test;
  const second = graph.addPage("Veloce Ghent");
  assert.ok(app && accounts);

  const all = await accounts.list(` ${graph.userToken} `, app, io);
  const one = await accounts.list(page.token, app, io);
  const none = await accounts.list("EAANOTHING", app, io);
  const junk = await accounts.list("two words", app, io);

  assert.ok(all.ok && one.ok);
  assert.deepEqual(all.value.map(({ key, name, problem }) => [key, name, problem]), [
    [page.id, "Veloce", null],
    [second.id, "Veloce Ghent", null],
  ]);
  assert.deepEqual(one.value, [{
    key: page.id,
    name: "Veloce",
    detail: `ID ${page.id}`,
    problem: null,
    config: { pageId: page.id, pageAccessToken: page.token },
  }]);
  assert.equal(none.ok, false);
  assert.equal(junk.ok, false);
});

async function examine(test: FakePage, isWhole = false): Promise<readonly SetupStep[]> {
  const ask = {
    isWhole,
    hasArrived: () => Promise.resolve(false),
    wait: () => Promise.resolve(),
  };
  const steps: SetupStep[] = [];
  const begun: string[] = [];
  for await (const news of setup?.test(test.channel, test.io, ask) ?? []) {
    if (news.kind === "ended") steps.push(news.step);
    else begun.push(news.title);
  }
  const ended = new Set(steps.map(({ title }) => title));
  assert.deepEqual(
    begun.filter((title) => !ended.has(title)),
    [],
    "what begins under a name ends under it",
  );
  return steps;
}

/** A Page on which all is as it has to be. */
function openSoundPage(): FakePage {
  const test = openFakePage();
  test.page.subscribe();
  test.graph.setAppHook({ callbackUrl: HOOK, fields: WANTED_FIELDS });
  return test;
}

function find(steps: readonly SetupStep[], title: RegExp): SetupStep {
  const found = steps.find((one) => title.test(one.title));
  assert.ok(found, `no step ${title} in ${steps.map((one) => one.title).join(", ")}`);
  return found;
}

Deno.test("the doctor finds nothing wrong with a sound Page", async () => {
  await using test = openSoundPage();

  const steps = await examine(test);

  assert.deepEqual(steps.filter(({ ok, isWarning }) => !ok || isWarning), []);
  assert.ok(steps.length >= 6);
});

Deno.test("the app's page has a text for each permission of the review (row 97)", () => {
  assert.deepEqual(metaApp.review, REVIEW_TEXTS);
  assert.deepEqual(
    REVIEW_TEXTS.filter(({ isNeeded }) => isNeeded).map(({ permission }) => permission),
    ["pages_messaging", "pages_manage_metadata"],
  );
  for (const { permission, text, use } of REVIEW_TEXTS) {
    assert.ok(text.length > 100 && /How to test/.test(text) && use !== "", permission);
  }
});

Deno.test("the doctor has the review's text for each permission that is missing (row 97)", async () => {
  await using test = openSoundPage();
  test.page.state.permissions = [];

  const steps = await examine(test);

  for (const { permission, isNeeded, text } of REVIEW_TEXTS) {
    if (!permission.startsWith("pages_")) continue;
    const step = find(steps, new RegExp(`${permission}$`));
    assert.deepEqual([step.code, step.ok], [text, !isNeeded], permission);
  }
});

for (
  const [name, change, title, words] of [
    [
      "a permission that is missing",
      (test) => void (test.page.state.permissions = ["pages_messaging"]),
      /pages_manage_metadata/,
      /Missing/,
    ],
    [
      "a token that is over",
      (test) => void (test.page.state.tokenProblem = 460),
      /token/,
      /no longer takes/,
    ],
    [
      "an app that delivers elsewhere",
      (test) =>
        test.graph.setAppHook({ callbackUrl: "https://other.example/", fields: WANTED_FIELDS }),
      /webhook/,
      /other\.example/,
    ],
    [
      "a webhook that Meta does not reach",
      (test) => test.graph.setAppHook(null),
      /webhook/,
      /could not reach/,
    ],
  ] as readonly [string, (test: FakePage) => void, RegExp, RegExp][]
) {
  Deno.test(`the doctor finds ${name}`, async () => {
    await using test = openSoundPage();
    change(test);

    const step = find(await examine(test), title);

    assert.equal(step.ok, false);
    assert.match(step.detail, words);
  });
}

Deno.test("the doctor warns of a token that ends soon, and says when", async () => {
  await using test = openSoundPage();
  test.page.state.tokenExpiresAt = NOW / 1_000 + 3 * 86_400;

  const step = find(await examine(test), /token/);

  assert.equal(step.isWarning, true);
  assert.match(step.detail, /2026-03-05/);
});

Deno.test("the doctor renews the Page's subscription", async () => {
  await using test = openSoundPage();
  test.page.state.fields = null;

  const step = find(await examine(test), /subscription/);

  assert.equal(step.isWarning, true);
  assert.deepEqual([...test.page.fields ?? []], WANTED_FIELDS);
});

Deno.test("the doctor sees that another app is the primary receiver, and who else listens (row 98)", async () => {
  await using test = openSoundPage();
  test.page.state.otherApps = [{ id: "55", name: "Bot Builder" }];
  const listens = find(await examine(test), /answers first/);
  test.page.state.primaryAppId = "55";

  const other = find(await examine(test), /answers first/);

  assert.match(listens.detail, /Bot Builder/);
  assert.equal(listens.isWarning, undefined);
  assert.equal(other.isWarning, true);
  assert.match(other.detail, /Another app/);
});

Deno.test("the doctor enters our address at an app that has none, and Meta reaches it", async () => {
  await using test = openSoundPage();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => new Response(new URL(request.url).searchParams.get("hub.challenge")),
  );
  await using _ = { [Symbol.asyncDispose]: () => server.shutdown() };
  const origin = `http://127.0.0.1:${server.addr.port}`;
  test.graph.setAppHook(null);
  const io = { ...test.io, publicUrl: (path: string) => `${origin}${path}` };

  const step = find(await examine({ ...test, io }), /webhook/);

  assert.equal(step.ok, true, step.detail);
  assert.equal(test.graph.appHook?.callbackUrl, `${origin}/hooks/app/app_1`);
});
