import assert from "node:assert/strict";
import { formatSse, type SseEvent, sseResponse } from "./sse.ts";

Deno.test("formatSse() writes id, name and data", () => {
  assert.equal(
    formatSse({ id: "1.0", event: "hello", data: "{}" }),
    "id: 1.0\nevent: hello\ndata: {}\n\n",
  );
  assert.equal(formatSse({ event: "typing", data: "1" }), "event: typing\ndata: 1\n\n");
});

Deno.test("sseResponse() streams until the source ends", async () => {
  const response = sseResponse(async function* () {
    yield { event: "a", data: "1" };
    await Promise.resolve();
    yield { event: "b", data: "2" };
  });

  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.equal(
    await response.text(),
    ": open\n\nevent: a\ndata: 1\n\nevent: b\ndata: 2\n\n",
  );
});

Deno.test("sseResponse() tells the source that the client has gone, while it waits", async () => {
  const waiting = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const response = sseResponse(async function* (signal): AsyncGenerator<SseEvent> {
    yield { event: "a", data: "1" };
    waiting.resolve();
    await aborted(signal);
    ended.resolve();
  });
  const reader = response.body!.getReader();
  await reader.read();
  await waiting.promise;

  await reader.cancel();

  await ended.promise;
});

Deno.test("sseResponse() ends the source of a client that goes while nothing is asked of it", async () => {
  let isEnded = false;
  const response = sseResponse(async function* (): AsyncGenerator<SseEvent> {
    try {
      while (true) yield { event: "a", data: await Promise.resolve("1") };
    } finally {
      isEnded = true;
    }
  });
  const reader = response.body!.getReader();
  for (let i = 0; i < 200; i++) await Promise.resolve();

  await reader.cancel();
  for (let i = 0; i < 10; i++) await Promise.resolve();

  assert.ok(isEnded);
});

Deno.test("sseResponse() sends a comment when nothing happens", async () => {
  const response = sseResponse(async function* (signal): AsyncGenerator<SseEvent> {
    yield { event: "a", data: "1" };
    await aborted(signal);
  }, { keepAliveMs: 5 });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();

  assert.equal((await reader.read()).value, ": open\n\n");
  assert.equal((await reader.read()).value, "event: a\ndata: 1\n\n");
  assert.equal((await reader.read()).value, ": ping\n\n");
  await reader.cancel();
});

Deno.test("sseResponse() asks for no more than a slow client takes", async () => {
  let asked = 0;
  const response = sseResponse(async function* () {
    while (asked < 1_000) {
      asked++;
      await Promise.resolve();
      yield { event: "a", data: "1" };
    }
  });
  const reader = response.body!.getReader();
  await reader.read();
  for (let i = 0; i < 200; i++) await Promise.resolve();

  assert.ok(asked < 30, `asked ${asked} times`);
  await reader.cancel();
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
