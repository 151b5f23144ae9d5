import assert from "node:assert/strict";
import { KeyedQueue } from "./keyed_queue.ts";

Deno.test("KeyedQueue runs work of one name in turn and of two names at once", async () => {
  const queue = new KeyedQueue();
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];

  const first = queue.run("a", async () => {
    await gate.promise;
    order.push("a1");
  });
  const second = queue.run("a", () => Promise.resolve(void order.push("a2")));
  await queue.run("b", () => Promise.resolve(void order.push("b")));
  gate.resolve();
  await Promise.all([first, second]);

  assert.deepEqual(order, ["b", "a1", "a2"]);
});

Deno.test("KeyedQueue goes on after work that failed, and forgets names", async () => {
  const queue = new KeyedQueue();

  const failed = queue.run("a", () => Promise.reject(new Error("no luck")));
  const after = queue.run("a", () => Promise.resolve(1));

  await assert.rejects(failed, /no luck/);
  assert.equal(await after, 1);
  await Promise.resolve();
  assert.equal(queue.size, 0);
});
