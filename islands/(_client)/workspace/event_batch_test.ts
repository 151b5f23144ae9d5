import assert from "node:assert/strict";
import { EventBatch } from "./event_batch.ts";
import type { ServerEvent } from "./event_link.ts";

function createFrames() {
  const frames: (() => void)[] = [];
  return {
    soon(run: () => void) {
      frames.push(run);
      return () => void frames.splice(frames.indexOf(run), 1);
    },
    draw: () => frames.splice(0).forEach((run) => run()),
    count: () => frames.length,
  };
}

const event = (n: number): ServerEvent => ({ id: `${n}`, name: "message.created", data: "{}" });

Deno.test("EventBatch applies what came in one frame together and in order", () => {
  const frames = createFrames();
  const applied: string[][] = [];
  using batch = new EventBatch({
    soon: frames.soon,
    apply: (events) => void applied.push(events.map(({ id }) => id ?? "")),
  });

  for (const n of [1, 2, 3]) batch.add(event(n));
  assert.deepEqual(applied, []);
  frames.draw();
  batch.add(event(4));
  frames.draw();
  frames.draw();

  assert.deepEqual(applied, [["1", "2", "3"], ["4"]]);
});

Deno.test("EventBatch takes many events in several frames, and what comes meanwhile last", () => {
  const frames = createFrames();
  const sizes: number[] = [];
  let last = "";
  using batch = new EventBatch({
    soon: frames.soon,
    apply(events) {
      sizes.push(events.length);
      last = events.at(-1)?.id ?? "";
      if (sizes.length === 1) batch.add(event(999));
    },
  });

  for (let n = 0; n < 250; n++) batch.add(event(n));
  while (frames.count() > 0) frames.draw();

  assert.deepEqual(sizes, [100, 100, 51]);
  assert.equal(last, "999");
});

Deno.test("EventBatch applies nothing after its end", () => {
  const frames = createFrames();
  let count = 0;
  const batch = new EventBatch({
    soon: frames.soon,
    apply: (events) => void (count += events.length),
  });

  batch.add(event(1));
  frames.draw();
  batch.add(event(2));
  batch[Symbol.dispose]();
  frames.draw();

  assert.equal(count, 1);
});

Deno.test("EventBatch takes everything at once when it is told to, and goes on after", () => {
  const frames = createFrames();
  const sizes: number[] = [];
  using batch = new EventBatch({
    soon: frames.soon,
    apply: (events) => void sizes.push(events.length),
  });

  for (let n = 0; n < 150; n++) batch.add(event(n));
  batch.flush();
  frames.draw();
  batch.add(event(150));
  frames.draw();

  assert.deepEqual(sizes, [150, 1]);
});
