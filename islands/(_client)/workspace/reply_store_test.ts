import assert from "node:assert/strict";
import type { ApiReplyDefaults } from "../../../core/model/api.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import type { ApiFailure } from "./api.ts";
import { ReplyStore } from "./reply_store.ts";

function defaultsTo(address: string): ApiReplyDefaults {
  return {
    to: [{ name: "", address }],
    cc: [],
    sender: [],
    subject: "",
    from: null,
    signature: "",
    history: false,
  };
}

Deno.test("ReplyStore asks once for each version and keeps the newest answer", async () => {
  const asked: ((answer: Result<ApiReplyDefaults, ApiFailure>) => void)[] = [];
  const store = new ReplyStore({
    replyDefaults: () => new Promise((resolve) => asked.push(resolve)),
  });

  const first = store.load("cnv_1", 1);
  void store.load("cnv_1", 1);
  const second = store.load("cnv_1", 2);
  assert.equal(asked.length, 2);
  asked[1]?.(ok(defaultsTo("new@example.com")));
  await second;
  asked[0]?.(ok(defaultsTo("old@example.com")));
  await first;

  assert.equal(store.get("cnv_1")?.to[0]?.address, "new@example.com");
  await store.load("cnv_1", 2);
  assert.equal(asked.length, 2);
});

Deno.test("ReplyStore keeps what it knew when no answer comes, and asks again", async () => {
  let count = 0;
  const store = new ReplyStore({
    replyDefaults: () =>
      Promise.resolve(++count === 1 ? err({ code: "offline" }) : ok(defaultsTo("a@x.example"))),
  });
  store.know("cnv_1", 1, defaultsTo("before@x.example"));

  await store.load("cnv_1", 2);
  assert.equal(store.get("cnv_1")?.to[0]?.address, "before@x.example");
  await store.load("cnv_1", 2);
  assert.equal(store.get("cnv_1")?.to[0]?.address, "a@x.example");
});
