import assert from "node:assert/strict";
import { fetchAt } from "./fetch_at.ts";

const options = { address: "127.0.0.1", headers: { accept: "image/png" } };

Deno.test("fetchAt() connects to the address given, asks for the name and follows nothing", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) =>
      new Response(`${request.headers.get("host")} ${new URL(request.url).search}`, {
        status: 302,
        headers: { location: "/elsewhere", "x-a": "é".normalize() },
      }),
  );
  const { port } = server.addr;

  const answer = await fetchAt(new URL(`http://unknown.invalid:${port}/a?b=1#c`), {
    ...options,
    signal: new AbortController().signal,
  });

  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get("location"), "/elsewhere");
  assert.equal(await new Response(answer.body).text(), `unknown.invalid:${port} ?b=1`);
  await server.shutdown();
});

Deno.test("fetchAt() ends with its signal, before an answer and in the middle of one", async () => {
  const held = Promise.withResolvers<Response>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    if (request.url.endsWith("/held")) return held.promise;
    return new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(10)) }),
    );
  });
  const { port } = server.addr;
  const waiting = new AbortController();
  const reading = new AbortController();

  const before = fetchAt(new URL(`http://a.invalid:${port}/held`), {
    ...options,
    signal: waiting.signal,
  });
  waiting.abort();
  await assert.rejects(before);
  const answer = await fetchAt(new URL(`http://a.invalid:${port}/`), {
    ...options,
    signal: reading.signal,
  });
  const body = new Response(answer.body).bytes();
  reading.abort();
  await assert.rejects(body);
  held.resolve(new Response());
  await server.shutdown();
});

Deno.test("fetchAt() rejects where nothing listens", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr;
  listener.close();

  await assert.rejects(
    fetchAt(new URL(`http://a.invalid:${port}/`), {
      ...options,
      signal: new AbortController().signal,
    }),
    /^TypeError: Cannot connect$/,
  );
});

Deno.test("fetchAt() sends a method and a body, and the length of it", async () => {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { method, headers } = request;
    return Response.json([
      method,
      headers.get("content-length"),
      headers.get("transfer-encoding"),
      await request.text(),
    ]);
  });

  const answer = await fetchAt(new URL(`http://a.invalid:${server.addr.port}/`), {
    ...options,
    method: "POST",
    body: new TextEncoder().encode("größer"),
    signal: new AbortController().signal,
  });

  assert.deepEqual(await new Response(answer.body).json(), ["POST", "8", null, "größer"]);
  await server.shutdown();
});

for (
  const [what, answer] of [
    ["a body shorter than announced", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"],
    [
      "pieces without a last one",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ],
  ] as const
) {
  Deno.test(`fetchAt() fails on ${what}`, async () => {
    using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const serving = listener.accept().then(async (connection) => {
      await connection.read(new Uint8Array(4_096));
      await connection.write(new TextEncoder().encode(answer));
      connection.close();
    });

    const { body } = await fetchAt(new URL(`http://a.invalid:${listener.addr.port}/`), {
      ...options,
      signal: new AbortController().signal,
    });

    await assert.rejects(new Response(body).text());
    await serving;
  });
}

Deno.test("fetchAt() does not call it unconnected when the connection is lost after the request", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const serving = listener.accept().then(async (connection) => {
    await connection.read(new Uint8Array(4_096));
    connection.close();
  });

  const asked = fetchAt(new URL(`http://a.invalid:${listener.addr.port}/`), {
    ...options,
    signal: new AbortController().signal,
  });

  await assert.rejects(asked, (error: Error) => error.message !== "Cannot connect");
  await serving;
});
