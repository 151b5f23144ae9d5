import assert from "node:assert/strict";
import { keepStream, type StreamOptions } from "./stream.ts";

/** Answers the stream's requests one after the other; ends the stream after the last. */
function run(answers: readonly (Response | Error)[], given: Partial<StreamOptions> = {}) {
  const ended = new AbortController();
  const seen = { cursors: [] as (string | null)[], events: [] as string[], waits: [] as number[] };
  const log: string[] = [];
  const done = keepStream({
    open(cursor) {
      const answer = answers[seen.cursors.length];
      seen.cursors.push(cursor);
      if (seen.cursors.length >= answers.length) ended.abort();
      return answer instanceof Response
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error("no more answers"));
    },
    onEvent: ({ name }) => void seen.events.push(name),
    onSignedOut: () => void log.push("signed out"),
    poll: () => {
      log.push("poll");
      return Promise.resolve(false);
    },
    onConnection: (isOnline) => void log.push(isOnline ? "online" : "offline"),
    signal: ended.signal,
    cursor: null,
    wait(ms, signal) {
      if (ms < 40_000) {
        seen.waits.push(ms);
        return Promise.resolve();
      }
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    },
    random: () => 0,
    now: () => 0,
    ...given,
  });
  return { done, seen, log };
}

Deno.test("keepStream() resumes from the last id, and from hello's cursor before the first", async () => {
  const { done, seen } = run([
    new Response('event: hello\ndata: {"cursor":"c1"}\n\n'),
    new Response("id: c2.0\nevent: message.created\ndata: {}\n\nevent: typing\ndata: {}\n\n"),
    new Error("offline"),
    new Response(""),
  ]);

  await done;

  assert.deepEqual(seen.cursors, [null, "c1", "c2.0", "c2.0"]);
  assert.deepEqual(seen.events, ["hello", "message.created", "typing"]);
});

Deno.test("keepStream() polls and waits longer after each failure", async () => {
  const { done, seen, log } = run([
    new Error("offline"),
    new Response(null, { status: 502 }),
    new Error("offline"),
    new Response(""),
  ]);

  await done;

  assert.deepEqual(seen.waits, [500, 1_000, 2_000]);
  assert.deepEqual(log.slice(0, 6), ["poll", "offline", "poll", "offline", "poll", "offline"]);
});

Deno.test("keepStream() ends when the session is over", async () => {
  const { done, seen, log } = run([new Response(null, { status: 401 }), new Response("")]);

  await done;

  assert.deepEqual(seen.cursors, [null]);
  assert.deepEqual(log, ["signed out"]);
});

Deno.test("keepStream() gives up a connection that says nothing", async () => {
  const ended = new AbortController();
  let opened = 0;
  const { done } = run([], {
    signal: ended.signal,
    open(_cursor, signal) {
      if (++opened === 2) ended.abort();
      const start = (controller: ReadableStreamDefaultController) => {
        const end = () => controller.error(signal.reason);
        if (signal.aborted) end();
        else signal.addEventListener("abort", end);
      };
      return Promise.resolve(new Response(new ReadableStream({ start })));
    },
    wait: () => Promise.resolve(),
  });

  await done;

  assert.equal(opened, 2);
});
