import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { scriptedAdapter } from "../../tests/fakes/scripted_adapter.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import type { Io } from "../channel/mod.ts";
import { readConfig } from "../config/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Ports } from "../ports.ts";
import { ok } from "../result.ts";
import { createIo } from "./io.ts";
import { createTextCache } from "./text_cache.ts";

const ADDRESSES: Record<string, readonly string[]> = {
  "api.example.com": ["203.0.114.5"],
  "inside.example.com": ["203.0.114.5", "10.0.0.5"],
  "localhost": ["127.0.0.1"],
  "graph.test": ["127.0.0.1"],
};
const CHANNEL: Channel = {
  id: "chn_1",
  type: "scripted",
  inboxId: "inb_1",
  name: "Test",
  config: {},
  secrets: {},
  autoTicket: false,
  status: "ready",
  error: null,
  createdAt: 0,
  updatedAt: 0,
};

interface TestIo extends Disposable {
  readonly io: Io;
  readonly asked: Request[];
  readonly ended: AbortController;
  ioOf(channelId: string): Io;
}

async function openIo(
  options: {
    readonly env?: Record<string, string>;
    readonly canConnect?: boolean;
    readonly bases?: readonly ["graph"];
    readonly answer?: (request: Request) => Promise<Response>;
    readonly ports?: Partial<Pick<Ports, "resolve" | "fetchAt">>;
  } = {},
): Promise<TestIo> {
  const asked: Request[] = [];
  const ended = new AbortController();
  const ports = fakePorts({
    resolve: (host) => Promise.resolve(ADDRESSES[host] ?? []),
    platform: { canListen: true, canConnect: options.canConnect ?? true },
    fetch: (input, init) => {
      const request = new Request(input, init);
      asked.push(request);
      return options.answer?.(request) ?? Promise.resolve(new Response("fine"));
    },
    ...options.ports,
  });
  const { store, [Symbol.dispose]: dispose } = await openTestStore({ ports });
  const config = readConfig({ PARLEY_KV: ":memory:", ...options.env });
  assert(config.ok, JSON.stringify(config));
  const adapter = {
    ...scriptedAdapter().adapter,
    hosts: ["api.example.com", "inside.example.com", "127.0.0.1"],
    configHosts: () => ["own.example.com"],
    ...options.bases !== undefined && { bases: options.bases },
  };
  const ioOf = (id: string) =>
    createIo(
      { store, ports, config: config.value, adapters: new Map([[adapter.id, adapter]]) },
      {
        adapter,
        channel: { ...CHANNEL, id },
        view: { id, name: CHANNEL.name, config: {} },
        cache: createTextCache(ports.clock),
        redact: (text) => text,
        accessToken: (channel) => Promise.resolve(ok(`token of ${channel.id}`)),
      },
      ended.signal,
    );
  return { io: ioOf(CHANNEL.id), ioOf, asked, ended, [Symbol.dispose]: dispose };
}

Deno.test("io.fetch() reaches the hosts its adapter names and follows no redirect", async () => {
  using test = await openIo({
    answer: () =>
      Promise.resolve(
        new Response(null, { status: 302, headers: { location: "http://10.0.0.5/" } }),
      ),
  });

  const answered = await test.io.fetch("https://api.example.com/send", {
    method: "POST",
    headers: { authorization: "Bearer t" },
    redirect: "follow",
  });

  assert.equal(answered.status, 302);
  assert.deepEqual(test.asked.map(({ url, redirect }) => [url, redirect]), [
    ["https://api.example.com/send", "manual"],
  ]);
});

for (
  const url of [
    "https://evil.example.com/",
    "https://api.example.com.evil.example/",
    "https://api.example.com@evil.example.com/",
    "https://inside.example.com/",
    "http://127.0.0.1:8000/api/v1/users",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "file:///etc/passwd",
    "data:text/plain,x",
    "ftp://api.example.com/",
  ]
) {
  Deno.test(`io.fetch() refuses ${url}`, async () => {
    using test = await openIo();

    await assert.rejects(() => test.io.fetch(url), TypeError);
    assert.deepEqual(test.asked, []);
  });
}

Deno.test("io.fetch() ends with the work it is done for", async () => {
  using test = await openIo({
    answer: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });

  const fetching = test.io.fetch("https://api.example.com/");
  while (test.asked.length === 0) await Promise.resolve();
  test.ended.abort(new Error("the process ends"));

  await assert.rejects(fetching, /the process ends/);
});

Deno.test("io.fetch() connects to the address it checked, whatever the name leads to by then", async () => {
  const addresses = ["203.0.114.5", "10.0.0.5"];
  const connected: string[] = [];
  using test = await openIo({
    ports: {
      resolve: () => Promise.resolve(addresses.splice(0, 1)),
      fetchAt: (url, { address, method, headers, body }) => {
        connected.push(
          [method, url.href, address, headers["authorization"], body?.length].join(" "),
        );
        return Promise.resolve({
          status: 204,
          headers: new Headers(),
          body: new Blob([]).stream(),
        });
      },
    },
  });

  const answer = await test.io.fetch("http://api.example.com/a", {
    method: "POST",
    headers: { authorization: "Bearer t" },
    body: "four",
  });

  assert.equal(answer.status, 204);
  assert.deepEqual(connected, ["POST http://api.example.com/a 203.0.114.5 Bearer t 4"]);
  await assert.rejects(() => test.io.fetch("http://api.example.com/a"), /private address/);
});

Deno.test("io.fetch() reads what is packed for the way, and refuses a packing nobody asked for", async () => {
  const packed = new Blob(["words"]).stream().pipeThrough(new CompressionStream("gzip"));
  const bodies: [string, ReadableStream<Uint8Array>][] = [
    ["gzip", packed],
    ["br", new Blob(["?"]).stream()],
  ];
  using test = await openIo({
    ports: {
      fetchAt: () => {
        const [packing = "", body = new Blob([]).stream()] = bodies.shift() ?? [];
        const headers = new Headers({ "content-encoding": packing });
        return Promise.resolve({ status: 200, headers, body });
      },
    },
  });

  const read = await test.io.fetch("https://api.example.com/");

  assert.equal(await read.text(), "words");
  await assert.rejects(() => test.io.fetch("https://api.example.com/"), /cannot be read/);
});

Deno.test("io.connect() gives the address that was checked, and refuses private ones", async () => {
  using test = await openIo();

  assert.deepEqual(await test.io.connect("api.example.com", 587), {
    ok: true,
    host: "api.example.com",
    address: "203.0.114.5",
  });
  for (const host of ["inside.example.com", "localhost", "127.0.0.1", "0177.0.0.1", "[::1]", ""]) {
    assert.equal((await test.io.connect(host, 587)).ok, false, host);
  }
});

Deno.test("io.connect() counts the server of Parley's own mail as listed, with its port only", async () => {
  for (
    const [url, port] of [
      ["smtp://localhost:1025", 1025],
      ["smtp://localhost", 587],
      ["smtps://u:p@localhost", 465],
    ] as const
  ) {
    using test = await openIo({ env: { PARLEY_SMTP_URL: url } });

    assert.equal((await test.io.connect("localhost", port)).ok, true, url);
    assert.equal((await test.io.connect("localhost", port + 1)).ok, false, url);
  }
});

Deno.test("io.connect() refuses ports of outgoing mail, and no others, where they are blocked", async () => {
  using test = await openIo({ canConnect: false });

  const reached = await test.io.connect("api.example.com", 587);
  const mailbox = await test.io.connect("api.example.com", 993);

  assert(!reached.ok && reached.reason.includes("opens no connections"));
  assert(mailbox.ok || !mailbox.reason.includes("opens no connections"));
});

Deno.test("io.signTag() makes tags of its own channel, in one case, that verifyTag() knows in any", async () => {
  using test = await openIo();

  const tag = await test.io.signTag("reply cnv_1");

  assert.match(tag, /^[a-z2-7]{16}$/);
  assert.equal(await test.io.verifyTag("reply cnv_1", tag.toUpperCase()), true);
  assert.equal(await test.io.verifyTag("reply cnv_2", tag), false);
  assert.equal(await test.ioOf("chn_2").verifyTag("reply cnv_1", tag), false);
  assert.equal(await test.io.verifyTag("reply cnv_1", ""), false);
});

Deno.test("io.fetch() reaches a stand-in that the environment names, for adapters that name its provider", async () => {
  const env = { PARLEY_GRAPH_URL: "http://graph.test:4567/" };
  using theirs = await openIo({ env, bases: ["graph"] });
  using others = await openIo({ env });

  assert.equal(theirs.io.baseUrl("graph"), "http://graph.test:4567");
  assert.equal(await (await theirs.io.fetch("http://graph.test:4567/me")).text(), "fine");
  await assert.rejects(() => theirs.io.fetch("http://graph.test:4568/me"), /private address/);
  await assert.rejects(() => others.io.fetch("http://graph.test:4567/me"), /does not name it/);
});

Deno.test("io.baseUrl() is null where the environment names none", async () => {
  using test = await openIo({ bases: ["graph"] });

  assert.equal(test.io.baseUrl("graph"), null);
});
