import assert from "node:assert/strict";
import { EventLink, type LinkState, type ServerEvent } from "./event_link.ts";

/** A scripted EventSource: only what a link uses. */
class FakeSource extends EventTarget {
  isClosed = false;
  constructor(readonly url: string) {
    super();
  }
  close() {
    this.isClosed = true;
  }
  open() {
    this.dispatchEvent(new Event("open"));
  }
  fail() {
    this.dispatchEvent(new Event("error"));
  }
  say(name: string, data: unknown, lastEventId = "") {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
}

function createScene(cursor: string | null) {
  const sources: FakeSource[] = [];
  const events: ServerEvent[] = [];
  const states: LinkState[] = [];
  const timers: { at: number; run: () => void }[] = [];
  let now = 0;
  let gaps = 0;
  const link = new EventLink({
    openSource(url) {
      const source = new FakeSource(url);
      sources.push(source);
      // The link uses only addEventListener and close.
      return source as unknown as EventSource;
    },
    now: () => now,
    random: () => 0,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  }, {
    url: "/events",
    cursor,
    onEvent: (event) => void events.push(event),
    onState: (state) => void states.push(state),
    onGap: () => void gaps++,
  });
  return {
    link,
    sources,
    events,
    states,
    latest: () => sources.at(-1)!,
    gaps: () => gaps,
    /** @param isAsleep timers run only when the whole time has passed. */
    pass(ms: number, isAsleep = false) {
      const end = now + ms;
      if (isAsleep) now = end;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = Math.max(now, due.at);
        timers.splice(timers.indexOf(due), 1);
        due.run();
      }
      now = end;
    },
  };
}

Deno.test("EventLink resumes from its cursor after a failure", () => {
  const scene = createScene("a.0");
  scene.latest().open();
  scene.latest().say("message.created", { n: 1 }, "b.0");

  scene.latest().fail();
  scene.pass(500);

  assert.deepEqual(scene.sources.map(({ url }) => url), [
    "/events?cursor=a.0",
    "/events?cursor=b.0",
  ]);
  assert.equal(scene.sources[0]?.isClosed, true);
  assert.deepEqual(scene.events, [{ name: "message.created", id: "b.0", data: '{"n":1}' }]);
  assert.equal(scene.gaps(), 0);
});

Deno.test("EventLink waits longer after each failure and tries at once when told", () => {
  const scene = createScene("a.0");

  scene.latest().fail();
  scene.pass(500);
  scene.latest().fail();
  assert.deepEqual(scene.states.at(-1), { kind: "waiting", attempt: 2, retryAt: 1_500 });
  scene.link.retry();

  assert.equal(scene.sources.length, 3);
  scene.latest().open();
  assert.deepEqual(scene.states.at(-1), { kind: "live" });
  scene.latest().fail();
  assert.deepEqual(scene.states.at(-1), { kind: "waiting", attempt: 1, retryAt: 1_000 });
});

Deno.test("EventLink reports a gap when it begins without a cursor, and after a reset", () => {
  const scene = createScene(null);
  scene.latest().open();
  scene.latest().say("hello", { cursor: "c.0" });
  assert.equal(scene.gaps(), 1);
  assert.equal(scene.link.cursor, "c.0");

  scene.latest().say("reset", { cursor: "d.0" }, "d.0");

  assert.equal(scene.gaps(), 2);
  assert.equal(scene.link.cursor, "d.0");
});

Deno.test("EventLink does not take a repeated id for the place of a transient event", () => {
  const scene = createScene("a.0");

  scene.latest().say("counts", {}, "a.7");

  assert.equal(scene.link.cursor, "a.0");
  assert.equal(scene.events[0]?.id, null);
});

Deno.test("EventLink reconnects after the computer slept, and stays quiet while it did not", () => {
  const scene = createScene("a.0");
  scene.latest().open();

  scene.pass(300_000);
  assert.equal(scene.sources.length, 1);
  scene.pass(300_000, true);

  assert.equal(scene.sources.length, 2);
});

Deno.test("EventLink ends for good when disposed", () => {
  const scene = createScene("a.0");
  scene.latest().fail();

  scene.link[Symbol.dispose]();
  scene.pass(600_000, true);

  assert.equal(scene.sources.length, 1);
});
