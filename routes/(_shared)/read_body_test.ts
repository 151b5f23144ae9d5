import assert from "node:assert/strict";
import { readBody } from "./read_body.ts";

Deno.test("readBody() gives the bytes of a body of several chunks, and none for no body", async () => {
  const whole = await readBody(streamed(["ab", "cd", "e"]).request, 5);
  const none = await readBody(new Request("http://x/"), 5);

  assert.ok(whole.ok && none.ok);
  assert.equal(new TextDecoder().decode(whole.value), "abcde");
  assert.equal(none.value.length, 0);
});

Deno.test("readBody() stops reading at the first byte too many, whatever the length header says", async () => {
  const { request, state } = streamed(["abc", "def", "ghi", "jkl"], { "content-length": "3" });

  const read = await readBody(request, 5);

  assert.deepEqual(read, { ok: false, error: { code: "too_large", maxBytes: 5 } });
  assert.ok(state.sent < 4, "the rest was not read");
  assert.ok(state.isCanceled);
});

Deno.test("readBody() refuses a body that says it is too large without reading it", async () => {
  const { request, state } = streamed(["abc"], { "content-length": "6" });

  const read = await readBody(request, 5);

  assert.equal(read.ok, false);
  assert.ok(state.isCanceled);
});

function streamed(chunks: readonly string[], headers: Record<string, string> = {}) {
  const state = { sent: 0, isCanceled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[state.sent++];
      if (chunk === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(chunk));
    },
    cancel() {
      state.isCanceled = true;
    },
  }, { highWaterMark: 0 });
  return { request: new Request("http://x/", { method: "POST", body, headers }), state };
}
