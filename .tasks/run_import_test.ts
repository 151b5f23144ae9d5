import assert from "node:assert/strict";
import type { Conversation } from "../core/model/conversation.ts";
import type { JobProgress } from "../core/model/change.ts";
import { keys } from "../core/store/mod.ts";
import { answerAdmin } from "../routes/(_shared)/admin_endpoint.ts";
import { openTestApp, type TestApp } from "../tests/fakes/test_app.ts";
import { until } from "../tests/e2e/until.ts";
import { type ImportRequest, parseImportArguments, runImport } from "./run_import.ts";

const START = "From ana@x.example Mon Mar  2 10:00:00 2026\n";
const MAILS = 250;

/** Every second answers the one before it. */
function mailOf(n: number): string {
  return [
    `From: ana${n}@x.example`,
    "To: support@veloce.example",
    "Subject: Bike",
    "Date: Mon, 5 Jan 2026 10:00:00 +0000",
    `Message-ID: <${n}@x.example>`,
    ...n % 2 === 1 ? [`In-Reply-To: <${n - 1}@x.example>`] : [],
    "",
    `Mail ${n}`,
    "",
  ].join("\n");
}

interface World {
  readonly app: TestApp;
  readonly folder: string;
  readonly channelId: string;
  readonly printed: string[];
  /** From this request on the server is gone; null: never. */
  failsAfter: number | null;
  run(request: Omit<ImportRequest, "channelId">, channelId?: string): Promise<void>;
}

/** A channel behind a real port, and the import as the command line runs it. */
async function withServer(use: (world: World) => Promise<void>): Promise<void> {
  await using app = await openTestApp();
  const { core, config, ports, root } = app;
  const inbox = await core.inboxes.create(root, { name: "Support", memberIds: [] });
  assert.ok(inbox.ok);
  const made = await core.channels.create(root, {
    type: "email",
    inboxId: inbox.value.id,
    name: "Mail",
    config: {
      address: "support@veloce.example",
      inbound: { kind: "push", provider: "raw", secret: "push-secret" },
      outbound: { kind: "smtp", host: "127.0.0.1", port: 1, security: "none" },
    },
  });
  assert.ok(made.ok, JSON.stringify(made));
  const folder = await Deno.makeTempDir({ prefix: "parley-import-" });
  let requests = 0;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (req) => {
    if (world.failsAfter !== null && ++requests > world.failsAfter) {
      return new Response("gone", { status: 503 });
    }
    await app.runJobs();
    return await answerAdmin(req, { core, config, socketAddress: "127.0.0.1" });
  });
  const world: World = {
    app,
    folder,
    channelId: made.value.id,
    printed: [],
    failsAfter: null,
    run: (request, channelId = made.value.id) =>
      runImport({ ...request, channelId }, {
        serverUrl: `http://127.0.0.1:${server.addr.port}`,
        vault: core.store.vault,
        now: () => ports.clock.now(),
        print: (line) => world.printed.push(line),
      }),
  };
  try {
    await use(world);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

async function conversationsOf({ app }: World): Promise<readonly Conversation[]> {
  const found = await Array.fromAsync(app.core.store.list(keys.conversations()));
  return found.map(({ value }) => value);
}

/** What is told of jobs meanwhile. */
async function jobsDuring({ app }: World, work: () => Promise<void>): Promise<JobProgress[]> {
  const told: JobProgress[] = [];
  const ended = new AbortController();
  const options = { cursor: null, signal: ended.signal };
  const listening = (async () => {
    for await (const item of app.core.events.subscribe(options)) {
      if (item.kind !== "entry") continue;
      for (const { job } of item.entry.changes) if (job !== undefined) told.push(job);
    }
  })();
  await work();
  await until(() => told.at(-1)?.state === "done", { what: "the end is told" });
  ended.abort();
  await listening;
  return told;
}

const FILE = Array.from({ length: MAILS }, (_, n) => `${START}${mailOf(n)}\n`).join("");

Deno.test("runImport() brings in an mbox as closed threads nobody is told of", async () => {
  await withServer(async (world) => {
    const path = `${world.folder}/old.mbox`;
    await Deno.writeTextFile(path, FILE);

    const told = await jobsDuring(world, () => world.run({ format: "mbox", path }));

    const { size } = await Deno.stat(path);
    assert.deepEqual(told.map(({ state, taken }) => [state, taken]), [
      ["running", 100],
      ["running", 200],
      ["done", 250],
    ]);
    assert.deepEqual({ ...told.at(-1), id: "" }, {
      id: "",
      kind: "import",
      channelId: world.channelId,
      name: "old.mbox",
      state: "done",
      done: size,
      total: size,
      taken: 250,
      failed: 0,
      error: null,
    });
    assert.equal(new Set(told.map(({ id }) => id)).size, 1);
    const found = await conversationsOf(world);
    assert.equal(found.length, MAILS / 2);
    for (const { status, lastSeq, lastUnreadSeq } of found) {
      assert.deepEqual([status, lastSeq, lastUnreadSeq], ["closed", 2, 0]);
    }
    assert.match(world.printed[0] ?? "", /^39% of \d+ bytes: 100 imported, 0 known already$/);
    assert.equal(world.printed.at(-1), "Done: 250 imported, 0 known already");
  });
});

Deno.test("runImport() goes on where it was interrupted, and run again brings nothing twice", async () => {
  await withServer(async (world) => {
    const path = `${world.folder}/old.mbox`;
    await Deno.writeTextFile(path, FILE);

    world.failsAfter = 150;
    await assert.rejects(world.run({ format: "mbox", path }), /answered 503/);
    world.failsAfter = null;
    await world.run({ format: "mbox", path });
    const resumed = world.printed.at(-1) ?? "";
    await world.run({ format: "mbox", path });

    const [, taken = 0, known = 0] =
      /^Done: (\d+) imported, (\d+) known/.exec(resumed)?.map(Number) ??
        [];
    assert.ok(known > 100 && taken > 50, resumed);
    assert.equal(taken + known, MAILS);
    assert.equal(world.printed.at(-1), "Done: 0 imported, 250 known already");
    const found = await conversationsOf(world);
    assert.deepEqual([found.length, new Set(found.map(({ lastSeq }) => lastSeq)).size], [125, 1]);
  });
});

Deno.test("runImport() brings in a Maildir, counts what nobody can read, and leaves out what is too large", async () => {
  await withServer(async (world) => {
    const { folder } = world;
    for (const part of ["cur", "new", "tmp"]) await Deno.mkdir(`${folder}/${part}`);
    await Deno.writeTextFile(`${folder}/cur/1000.a:2,S`, mailOf(0));
    await Deno.writeTextFile(`${folder}/new/999.b`, mailOf(2));
    await Deno.writeTextFile(`${folder}/new/1001.c`, mailOf(0));
    await Deno.writeTextFile(`${folder}/new/1002.d`, "no mail at all");
    await Deno.writeTextFile(`${folder}/tmp/1003.e`, mailOf(4));
    await using big = await Deno.open(`${folder}/new/1004.f`, { write: true, create: true })
      .then((file) => ({ file, [Symbol.asyncDispose]: () => Promise.resolve(file.close()) }));
    await big.file.truncate(25 * 1024 * 1024 + 1);

    await world.run({ format: "maildir", path: folder });

    assert.deepEqual(world.printed, [
      "new/1004.f is over 25 MiB: left out",
      "Done: 3 imported, 1 known already; 1 of them could not be read: see the channel's settings",
    ]);
    assert.equal((await conversationsOf(world)).length, 2);
  });
});

Deno.test("runImport() says in a sentence why it cannot", async () => {
  await withServer(async (world) => {
    const path = `${world.folder}/old.mbox`;
    await Deno.writeTextFile(path, FILE);
    await assert.rejects(world.run({ format: "mbox", path }, "chn_none"), /no such channel/);
    await assert.rejects(world.run({ format: "maildir", path: world.folder }), /no Maildir/);
    await Deno.writeTextFile(path, "Subject: x\n");
    await assert.rejects(world.run({ format: "mbox", path }), /no mbox/);
    assert.deepEqual(await conversationsOf(world), []);
  });
});

Deno.test("answerAdmin() takes mails of an import only with a signature over all of it", async () => {
  await withServer(async ({ app, channelId }) => {
    const { core, config } = app;
    const url = `http://127.0.0.1:8000/_admin/import?channel=${channelId}`;
    const headers = { "content-type": "message/rfc822", "parley-admin": "t=1,v1=00" };
    const req = new Request(url, { method: "POST", headers, body: mailOf(1) });

    const response = await answerAdmin(req, { core, config, socketAddress: "127.0.0.1" });

    assert.equal(response.status, 401);
    await response.body?.cancel();
  });
});

Deno.test("parseImportArguments() reads what to import, and names what is wrong", () => {
  assert.deepEqual(parseImportArguments(["mbox", "a.mbox", "--channel", "chn_1"]), {
    ok: true,
    value: { format: "mbox", path: "a.mbox", channelId: "chn_1" },
  });
  assert.deepEqual(parseImportArguments(["--channel=chn_1", "maildir", "Mail"]), {
    ok: true,
    value: { format: "maildir", path: "Mail", channelId: "chn_1" },
  });
  const wrong: [args: string[], message: RegExp][] = [
    [[], /mbox or maildir/],
    [["pst", "a", "--channel", "chn_1"], /mbox or maildir/],
    [["mbox", "--channel", "chn_1"], /needs a path/],
    [["mbox", "a", "b", "--channel", "chn_1"], /takes no "b"/],
    [["mbox", "a"], /needs --channel/],
    [["mbox", "a", "--channel"], /needs --channel/],
    [["mbox", "a", "--since", "1"], /no option --since/],
  ];
  for (const [args, message] of wrong) {
    const read = parseImportArguments(args);
    assert.ok(!read.ok);
    assert.match(read.error, message);
  }
});
