import assert from "node:assert/strict";
import { ToastStore } from "./toast_store.ts";

function createScene() {
  const timers: { at: number; run: () => void }[] = [];
  let now = 0;
  const toasts = new ToastStore({
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => void (timer.at = Infinity);
    },
  });
  const pass = (ms: number) => {
    now += ms;
    for (const timer of timers) if (timer.at <= now) timer.run();
  };
  return { toasts, pass, texts: () => toasts.items.value.map(({ text }) => text) };
}

Deno.test("ToastStore takes a toast away after its time", () => {
  const { toasts, pass, texts } = createScene();
  toasts.show({ text: "short" });
  toasts.show({ text: "long", lastsMs: 10_000 });

  pass(6_000);

  assert.deepEqual(texts(), ["long"]);
});

Deno.test("ToastStore shows three at most, the newest", () => {
  const { toasts, texts } = createScene();

  for (const text of ["1", "2", "3", "4"]) toasts.show({ text });

  assert.deepEqual(texts(), ["2", "3", "4"]);
});

Deno.test("undo() takes the latest undoable thing back, once", () => {
  const { toasts, texts } = createScene();
  const undone: string[] = [];
  const undoable = (text: string) =>
    toasts.show({ text, isUndo: true, action: { label: "Undo", run: () => undone.push(text) } });
  undoable("closed");
  undoable("assigned");
  toasts.show({ text: "Copied" });

  assert.equal(toasts.undo(), true);
  assert.deepEqual(undone, ["assigned"]);
  assert.deepEqual(texts(), ["closed", "Copied"]);
  toasts.undo();
  assert.equal(toasts.undo(), false);
  assert.deepEqual(undone, ["assigned", "closed"]);
});
