import assert from "node:assert/strict";
import { openMediaWorld, PNG } from "../../tests/fakes/media_world.ts";
import { until } from "../../tests/e2e/until.ts";
import { MAX_FILE_BYTES } from "../attachments/mod.ts";
import { ok } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { MEDIA_JOB } from "./plan_fetch.ts";

const png = () => new Response(PNG, { headers: { "content-type": "image/png" } });

Deno.test("a message is stored at once, its file comes after it and can be read", async () => {
  await using world = await openMediaWorld({ answers: { "/a": png } });

  const { conversationId } = await world.receive({
    ref: `${world.origin}/a`,
    type: "image/*",
    width: 640,
    height: 480,
  });
  const before = await world.file(conversationId);
  await world.inbox.runJobs();
  const after = await world.file(conversationId);

  const { id } = before;
  assert.deepEqual(before, {
    ...{ id, name: "image", type: "image/*", size: 0, width: 640, height: 480 },
    state: "loading",
  });
  const size = PNG.length;
  assert.deepEqual(after, {
    id,
    name: "image.png",
    type: "image/png",
    size,
    width: 640,
    height: 480,
  });
  assert.deepEqual(await world.bytes(after), PNG);
  assert.equal(await world.inbox.store.get(keys.media(id)), null);
  const log = await world.inbox.store.readLog("", 1_000);
  const told = log.flatMap(({ entry }) => entry.changes)
    .filter(({ type, changed }) => type === "message.updated" && changed?.includes("attachments"));
  assert.equal(told.length, 1);
});

Deno.test("a file is not there to be read before it was fetched", async () => {
  await using world = await openMediaWorld({ answers: { "/a": png } });
  const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });

  assert.equal(await world.bytes(await world.file(conversationId)), null);
});

Deno.test("a file keeps the name its message gave it", async () => {
  await using world = await openMediaWorld({ answers: { "/a": () => new Response("%PDF-1.7") } });
  const part = { ref: `${world.origin}/a`, type: "application/pdf", name: "../In\u202evoice.pdf" };
  const { conversationId } = await world.receive(part);

  await world.inbox.runJobs();

  const { name, type, state } = await world.file(conversationId);
  assert.deepEqual([name, type, state], ["Invoice.pdf", "application/pdf", undefined]);
});

Deno.test("a link that expired is asked for again by the adapter", async () => {
  let issued = 0;
  await using world = await openMediaWorld({
    answers: {
      "/old": () => new Response("URL signature expired", { status: 403 }),
      "/new": png,
    },
    // As providers do it: the reference holds the link of the delivery; another is had by the file's id.
    async fetch(ref, _channel, io) {
      const first = await io.fetchFile(`${ref}/old`);
      if (first.ok || first.error.code !== "expired") return first;
      issued++;
      return await io.fetchFile(`${ref}/new`);
    },
  });
  const { conversationId } = await world.receive({ ref: world.origin, type: "image/png" });

  await world.inbox.runJobs();

  assert.equal((await world.file(conversationId)).state, undefined);
  assert.equal(issued, 1);
});

Deno.test("redirects are followed, and a token goes to the first host only", async () => {
  await using world = await openMediaWorld({
    answers: {
      "/a": () => to("/b"),
      "/b": ({ url }) => to(`http://other.example:${new URL(url).port}/c`),
      "/c": ({ url }) => to(`http://files.example:${new URL(url).port}/d`),
      "/d": png,
    },
  });
  const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });

  await world.inbox.runJobs();

  assert.equal((await world.file(conversationId)).state, undefined);
  assert.deepEqual(world.asked.map(({ path, authorization }) => [path, authorization]), [
    ["/a", "Bearer a-token"],
    ["/b", "Bearer a-token"],
    ["/c", null],
    ["/d", null],
  ]);
});

Deno.test("a token goes to no host that the adapter does not name", async () => {
  await using world = await openMediaWorld({ answers: { "/a": png } });
  const { conversationId } = await world.receive({
    ref: `http://other.example:${world.port}/a`,
    type: "image/png",
  });

  await world.inbox.runJobs();

  assert.equal((await world.file(conversationId)).state, undefined);
  assert.deepEqual(world.asked.map(({ authorization }) => authorization), [null]);
});

for (
  const [what, location, problem] of [
    ["a file of this machine", "file:///etc/passwd", "refused"],
    ["bytes in the address", "data:image/png;base64,AAAA", "refused"],
    ["a private address", "http://127.0.0.1:9/", "refused"],
    ["a private address in other words", "http://[::ffff:10.0.0.1]/", "refused"],
    ["the cloud's own address", "http://169.254.169.254/latest/meta-data/", "refused"],
    ["itself, for ever", "/a", "refused"],
  ] as const
) {
  Deno.test(`a redirect to ${what} is not followed`, async () => {
    await using world = await openMediaWorld({ answers: { "/a": () => to(location) } });
    const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });

    await world.inbox.runJobs();

    const { state, problem: why } = await world.file(conversationId);
    assert.deepEqual([state, why], ["missing", problem]);
    assert.ok(world.asked.length <= 6, `${world.asked.length} requests`);
  });
}

Deno.test("a name that leads elsewhere once it was checked is asked where it was checked", async () => {
  // DNS rebinding: public when it is looked at, private for whoever connects.
  const looked: string[] = [];
  await using world = await openMediaWorld({
    answers: { "/a": png },
    resolve(host) {
      looked.push(host);
      return Promise.resolve([looked.length === 1 ? "192.0.2.1" : "127.0.0.1"]);
    },
  });
  const { conversationId } = await world.receive({
    ref: `http://rebinding.example:${world.port}/a`,
    type: "image/png",
  });

  await world.inbox.runJobs();

  assert.deepEqual(world.asked, [], "nothing may reach this machine");
  assert.deepEqual(looked, ["rebinding.example"], "the name is looked up once for each request");
  assert.equal((await world.file(conversationId)).state, "missing");
});

for (const announced of [true, false]) {
  Deno.test(`a file that is too large is not kept, ${announced ? "announced" : "streamed without a length"}`, async () => {
    let sent = 0;
    await using world = await openMediaWorld({
      answers: {
        "/a": () => {
          const body = endless((bytes) => sent += bytes, MAX_FILE_BYTES * 2);
          const headers = announced ? { "content-length": String(MAX_FILE_BYTES * 2) } : {};
          return new Response(body, { headers });
        },
      },
    });
    const { conversationId } = await world.receive({ ref: `${world.origin}/a` });

    await world.inbox.runJobs();

    const { state, problem } = await world.file(conversationId);
    assert.deepEqual([state, problem], ["missing", "too_large"]);
    assert.ok(sent < MAX_FILE_BYTES * 1.5, `${sent} bytes were sent`);
    assert.equal(world.calls.length, 1);
    await world.inbox.store.blobs.sweep(world.inbox.ports.clock.now());
    assert.equal((await Array.fromAsync(world.inbox.store.list(keys.stagedBlobs()))).length, 0);
  });
}

Deno.test("a file that says it is too large is refused before any of it comes", async () => {
  await using world = await openMediaWorld({
    fetch: () => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new Error("It was read")),
      }, { highWaterMark: 0 });
      return Promise.resolve(ok({ stream, size: MAX_FILE_BYTES + 1 }));
    },
  });
  const { conversationId } = await world.receive({ ref: "large" });

  await world.inbox.runJobs();

  const { state, problem } = await world.file(conversationId);
  assert.deepEqual([state, problem], ["missing", "too_large"]);
});

Deno.test("a packed file that unfolds without end is not kept", async () => {
  const bomb = await packed(MAX_FILE_BYTES + 1);
  await using world = await openMediaWorld({
    answers: {
      "/a": () => new Response(bomb, { headers: { "content-encoding": "gzip" } }),
    },
  });
  const { conversationId } = await world.receive({ ref: `${world.origin}/a` });

  await world.inbox.runJobs();

  assert.ok(bomb.length < 100_000, `${bomb.length} bytes`);
  const { state, problem } = await world.file(conversationId);
  assert.deepEqual([state, problem], ["missing", "too_large"]);
});

Deno.test("a file packed for the way is kept as it was meant", async () => {
  const bytes = await packed(1_000);
  await using world = await openMediaWorld({
    answers: {
      "/a": () => new Response(bytes, { headers: { "content-encoding": "gzip" } }),
    },
  });
  const { conversationId } = await world.receive({ ref: `${world.origin}/a` });

  await world.inbox.runJobs();

  const file = await world.file(conversationId);
  assert.deepEqual([file.state, file.size], [undefined, 1_000]);
});

for (
  const [what, type, answer] of [
    ["a page in place of a picture", "image/png", () => page("image/png")],
    ["a page that says so", "image/*", () => page("text/html")],
    ["an error report", "video/mp4", () => Response.json({ error: { code: 190 } })],
    ["nothing", "", () => new Response("")],
  ] as const
) {
  Deno.test(`${what} is asked for once more, and is no file`, async () => {
    await using world = await openMediaWorld({ answers: { "/a": answer } });
    const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type });

    await world.inbox.runJobs();
    assert.equal((await world.file(conversationId)).state, "loading");
    world.inbox.ports.clock.advance(5_000);
    await world.inbox.runJobs();

    const { state, problem } = await world.file(conversationId);
    assert.deepEqual([state, problem], ["missing", what === "nothing" ? "empty" : "unusable"]);
    assert.equal(world.calls.length, 2);
  });
}

Deno.test("a file that says nothing of itself may be a page", async () => {
  await using world = await openMediaWorld({ answers: { "/a": () => page("text/html") } });
  const { conversationId } = await world.receive({ ref: `${world.origin}/a` });

  await world.inbox.runJobs();

  assert.equal((await world.file(conversationId)).type, "text/html");
});

Deno.test("a picture that is none is only bytes", async () => {
  await using world = await openMediaWorld({
    answers: {
      "/a": () =>
        new Response(new Uint8Array([1, 2, 3]), { headers: { "content-type": "image/png" } }),
    },
  });
  const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });

  await world.inbox.runJobs();

  assert.equal((await world.file(conversationId)).type, "application/octet-stream");
});

Deno.test("a connection that is lost in the middle is tried again from the beginning", async () => {
  let isWell = false;
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const half = new TextEncoder().encode(
    "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 5000\r\n\r\n",
  );
  const serving = (async () => {
    for await (const connection of listener) {
      await connection.read(new Uint8Array(4_096));
      await connection.write(half);
      await connection.write(new Uint8Array([...PNG, ...new Uint8Array(1_000)]));
      connection.close();
    }
  })();
  await using world = await openMediaWorld({
    answers: { "/a": png },
    fetch: (ref, _channel, io) =>
      io.fetchFile(isWell ? `${ref}/a` : `http://files.example:${listener.addr.port}/`),
    resolve: (host) => Promise.resolve(host === "files.example" ? ["127.0.0.1"] : []),
    allowed: [`files.example:${listener.addr.port}`],
  });
  const { conversationId } = await world.receive({ ref: world.origin, type: "image/png" });

  await world.inbox.runJobs();
  assert.equal((await world.file(conversationId)).state, "loading");
  isWell = true;
  world.inbox.ports.clock.advance(2_000);
  await world.inbox.runJobs();

  const file = await world.file(conversationId);
  assert.deepEqual(await world.bytes(file), PNG);
  listener.close();
  await serving;
});

for (const what of ["says nothing", "drips without end"] as const) {
  Deno.test(`a server that ${what} is given up and asked again later`, async () => {
    const held = Promise.withResolvers<Response>();
    let dripped = 0;
    let isOver = false;
    // Also of a second try, which may be under way by then.
    const end = () => {
      isOver = true;
      held.resolve(new Response());
    };
    await using world = await openMediaWorld({
      answers: {
        "/a": () => what === "says nothing" ? held.promise : drip(() => ++dripped > 0 && !isOver),
      },
    });
    const { conversationId, messageId } = await world.receive({ ref: `${world.origin}/a` });
    const id = messageId.replace("msg_", "att_") + "_0";
    const tries = async () => (await world.inbox.store.get(keys.media(id)))?.tries;
    await until(() => world.asked.length === 1, { what: "the file is asked for" });

    using _ = { [Symbol.dispose]: end };
    // Each drip puts the end of the silence off; the end of all stays where it is.
    const stepMs = what === "says nothing" ? 30_000 : 10_000;
    for (let i = 0; i < 31 && await tries() === 0; i++) {
      const before = dripped;
      if (what === "drips without end") {
        await until(async () => dripped > before + 2 || await tries() !== 0, { what: "a drip" });
      }
      world.inbox.ports.clock.advance(stepMs);
      if (what === "says nothing") break;
    }

    await until(async () => await tries() !== 0, { what: "the first try has ended" });
    assert.equal((await world.file(conversationId)).state, "loading");
  });
}

Deno.test("what cannot be reached is tried for most of an hour, then by hand", async () => {
  let isWell = false;
  await using world = await openMediaWorld({
    answers: { "/a": () => isWell ? png() : new Response(null, { status: 503 }) },
  });
  const { inbox } = world;
  const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });
  const began = inbox.ports.clock.now();
  while ((await world.file(conversationId)).state === "loading") {
    await inbox.runJobs();
    inbox.ports.clock.advance(30_000);
    assert.ok(inbox.ports.clock.now() - began < 4 * 3_600_000, "it ends");
  }
  const { id, problem } = await world.file(conversationId);
  assert.equal(problem, "unavailable");
  assert.equal(world.calls.length, 12);
  assert.ok(inbox.ports.clock.now() - began > 30 * 60_000);

  isWell = true;
  const asked = await inbox.core.messages.retryFile(inbox.agent, id);
  assert(asked.ok && asked.value.attachments[0]?.state === "loading");
  assert.equal(asked.value.attachments[0]?.problem, undefined);
  await inbox.runJobs();

  assert.deepEqual(await world.bytes(await world.file(conversationId)), PNG);
});

Deno.test("a server that names a time is left alone until then", async () => {
  let count = 0;
  await using world = await openMediaWorld({
    answers: {
      "/a": () =>
        count++ === 0
          ? new Response(null, { status: 429, headers: { "retry-after": "120" } })
          : png(),
    },
  });
  const { inbox } = world;
  const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });

  await inbox.runJobs();
  inbox.ports.clock.advance(119_000);
  await inbox.runJobs();
  assert.equal(count, 1);
  inbox.ports.clock.advance(1_000);
  await inbox.runJobs();

  assert.equal((await world.file(conversationId)).state, undefined);
});

for (
  const [status, problem, calls] of [
    [401, "unauthorized", 1],
    [404, "expired", 2],
    [410, "expired", 2],
    [400, "rejected", 1],
  ] as const
) {
  Deno.test(`HTTP ${status} means ${problem}`, async () => {
    await using world = await openMediaWorld({
      answers: { "/a": () => new Response("secret words", { status }) },
    });
    const { conversationId } = await world.receive({ ref: `${world.origin}/a`, type: "image/png" });

    await world.inbox.runJobs();
    world.inbox.ports.clock.advance(5_000);
    await world.inbox.runJobs();

    const { state, problem: why } = await world.file(conversationId);
    assert.deepEqual([state, why, world.calls.length], ["missing", problem, calls]);
  });
}

Deno.test("an adapter that throws leaves a file that is tried again, and its words without secrets", async () => {
  await using world = await openMediaWorld();
  const { conversationId } = await world.receive({ ref: "broken" });

  await world.inbox.runJobs();

  assert.equal((await world.file(conversationId)).state, "loading");
  assert.match(JSON.stringify(world.inbox.ports.logs), /file not fetched/);
});

Deno.test("a file whose message is gone is not kept", async () => {
  const held = Promise.withResolvers<Response>();
  await using world = await openMediaWorld({ answers: { "/a": () => held.promise } });
  const { store } = world.inbox;
  const { conversationId, messageId } = await world.receive({ ref: `${world.origin}/a` });
  const { id } = await world.file(conversationId);
  await until(() => world.asked.length === 1, { what: "the file is asked for" });

  await transact(store, async (tx) => {
    const message = await tx.get(keys.message(conversationId, 1));
    assert(message?.id === messageId);
    tx.set(keys.message(conversationId, 1), { ...message, attachments: [] });
  });
  held.resolve(png());
  await world.inbox.runJobs();

  assert.equal(await store.get(keys.media(id)), null);
  assert.equal(await store.get(keys.attachment(id)), null);
  await store.blobs.sweep(world.inbox.ports.clock.now());
  assert.equal((await Array.fromAsync(store.list(keys.stagedBlobs()))).length, 0);
});

Deno.test("a message that its sender takes back takes its files along, on their way or missing", async () => {
  const held = Promise.withResolvers<Response>();
  await using world = await openMediaWorld({ answers: { "/held": () => held.promise } });
  const { core, store, ports } = world.inbox;
  const loading = await world.receive({ ref: `${world.origin}/held` });
  await until(() => world.asked.length === 1, { what: "the file is asked for" });
  const missing = await world.receive({ ref: "nothing" });
  const takesBack = async (messageExternalId: string) => {
    const told = await core.inbound.ingest(world.channelId, {
      type: "message_deleted",
      externalId: `back-${messageExternalId}`,
      occurredAt: ports.clock.now(),
      messageExternalId,
    });
    assert.equal(told?.kind, "updated");
  };
  await until(async () => (await world.file(missing.conversationId)).state === "missing", {
    what: "the other is missing",
  });
  const ids = [await world.file(loading.conversationId), await world.file(missing.conversationId)]
    .map(({ id }) => id);

  await takesBack("file-1");
  await takesBack("file-2");
  held.resolve(png());
  await world.inbox.runJobs();

  for (const id of ids) {
    assert.equal(await store.get(keys.media(id)), null);
    assert.equal(await store.get(keys.attachment(id)), null);
    const asked = await core.messages.retryFile(world.inbox.agent, id);
    assert(!asked.ok && asked.error.code === "not_found");
  }
});

Deno.test("a file whose channel is gone is missing", async () => {
  await using world = await openMediaWorld({
    answers: { "/a": () => new Response(null, { status: 503 }) },
  });
  const { inbox } = world;
  const { conversationId } = await world.receive({ ref: `${world.origin}/a` });
  await inbox.runJobs();

  await transact(inbox.store, (tx) => {
    tx.delete(keys.channel(world.channelId));
    return Promise.resolve();
  });
  inbox.ports.clock.advance(2_000);
  await inbox.runJobs();

  assert.equal((await world.file(conversationId)).problem, "gone");
});

Deno.test("one channel fetches four files at once, and all of them in the end", async () => {
  let running = 0;
  let most = 0;
  const gates: (() => void)[] = [];
  await using world = await openMediaWorld({
    answers: {
      "/a": async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => gates.push(resolve));
        running--;
        return png();
      },
    },
  });
  const { inbox } = world;
  const parts = Array.from({ length: 12 }, () => ({ ref: `${world.origin}/a` }));
  const received = await Promise.all(parts.map((part) => world.receive(part)));

  for (let done = 0; done < parts.length;) {
    await until(() => gates.length > 0 || (inbox.ports.clock.advance(1_000), false), {
      what: "a file is asked for",
    });
    for (const open of gates.splice(0)) {
      open();
      done++;
    }
  }
  await inbox.runJobs();

  assert.equal(most, 4);
  for (const { conversationId } of received) {
    assert.equal((await world.file(conversationId)).state, undefined);
  }
});

Deno.test("a process that died in a download leaves it to another, which stores the file once", async () => {
  const kv = await Deno.openKv(":memory:");
  const held = Promise.withResolvers<Response>();
  let count = 0;
  await using world = await openMediaWorld({
    answers: { "/a": () => ++count === 1 ? held.promise : png() },
    kv,
  });
  const { inbox } = world;
  const { conversationId, messageId } = await world.receive({
    ref: `${world.origin}/a`,
    type: "image/png",
  });
  await until(() => count === 1, { what: "the first process asks" });
  const store = inbox.store;
  // Its lease runs out unseen: the other process's clock is ahead, the first one's alarms never come.
  const [job] = (await Array.fromAsync(store.list(keys.jobs()))).map(({ value }) => value)
    .filter(({ kind }) => kind === MEDIA_JOB);
  assert(job?.lease);
  const other = await inbox.startAnother({ at: job.dueAt + 1 });

  await until(async () => (await world.file(conversationId)).state === undefined, {
    what: "it is here",
  });
  held.resolve(new Response("late words, which are no picture"));
  await inbox.runJobs();

  const file = await world.file(conversationId);
  assert.deepEqual(await world.bytes(file), PNG);
  assert.equal(count, 2);
  assert.equal(file.id, `${messageId.replace("msg_", "att_")}_0`);
  await other.stop();
  kv.close();
});

function to(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

function page(type: string): Response {
  return new Response("\n <!DOCTYPE html><title>Sign in</title>", {
    headers: { "content-type": type },
  });
}

function endless(count: (bytes: number) => void, bytes: number): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(256 * 1024);
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      left -= piece.length;
      count(piece.length);
      controller.enqueue(piece);
    },
  });
}

function drip(goesOn: () => boolean): Response {
  let timer: ReturnType<typeof setInterval> | undefined;
  return new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        timer = setInterval(() => {
          if (goesOn()) return controller.enqueue(new Uint8Array(600));
          clearInterval(timer);
          controller.close();
        }, 5);
      },
      cancel: () => clearInterval(timer),
    }),
  );
}

async function packed(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([new Uint8Array(bytes)]).stream();
  return await new Response(stream.pipeThrough(new CompressionStream("gzip"))).bytes();
}
