import assert from "node:assert/strict";
import { TypingStore } from "./typing_store.ts";

const who = { type: "contact", id: "vis_1", name: "Giulia" } as const;

Deno.test("TypingStore shows who types until they stop or fall silent", () => {
  const timers: (() => void)[] = [];
  const store = new TypingStore({
    after(_ms, run) {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  });
  const names = () => store.typists.value.get("cnv_1")?.map(({ name }) => name);

  store.take({ conversationId: "cnv_1", who, isTyping: true });
  store.take({ conversationId: "cnv_1", who, isTyping: true });
  assert.deepEqual(names(), ["Giulia"]);
  assert.equal(timers.length, 1);
  store.take({ conversationId: "cnv_1", who, isTyping: false });
  assert.equal(names(), undefined);

  store.take({ conversationId: "cnv_1", who, isTyping: true });
  timers.forEach((run) => run());
  assert.equal(names(), undefined);

  store.take({ conversationId: "cnv_1", who, isTyping: true });
  store.take({
    conversationId: "cnv_1",
    who: { ...who, type: "user", id: "usr_1" },
    isTyping: true,
  });
  store.forget("cnv_1");
  assert.deepEqual(store.typists.value.get("cnv_1")?.map(({ id }) => id), ["usr_1"]);
});
