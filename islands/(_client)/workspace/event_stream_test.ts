import assert from "node:assert/strict";
import { EventStream, type StreamPorts, type TabChannel, type TabMessage } from "./event_stream.ts";
import type { ServerEvent } from "./event_link.ts";

/** A browser with tabs: one lock queue, one channel, sources that are spoken through. */
function createBrowser({ hasLocks = true } = {}) {
  const channels = new Set<TabChannel & { hear(message: TabMessage): void }>();
  const sources: (EventTarget & { url: string; isClosed: boolean })[] = [];
  const queue: { signal: AbortSignal; lead: () => Promise<void> }[] = [];
  let isHeld = false;

  function next() {
    if (isHeld) return;
    const turn = queue.shift();
    if (turn === undefined) return;
    if (turn.signal.aborted) return next();
    isHeld = true;
    turn.lead().then(() => {
      isHeld = false;
      next();
    });
  }

  const ports: StreamPorts = {
    openSource(url) {
      const source = Object.assign(new EventTarget(), {
        url,
        isClosed: false,
        close() {
          source.isClosed = true;
        },
      });
      sources.push(source);
      // The link uses only addEventListener and close.
      return source as unknown as EventSource;
    },
    now: () => 0,
    random: () => 0,
    after: () => () => {},
    openChannel() {
      let hear = (_message: TabMessage) => {};
      const channel = {
        hear: (message: TabMessage) => hear(message),
        post(message: TabMessage) {
          for (const other of channels) if (other !== channel) other.hear(message);
        },
        listen: (listener: typeof hear) => void (hear = listener),
        close: () => void channels.delete(channel),
      };
      channels.add(channel);
      return channel;
    },
    requestLead: hasLocks
      ? (_name, signal, lead) => {
        queue.push({ signal, lead });
        next();
      }
      : null,
  };

  return {
    open: () => sources.filter(({ isClosed }) => !isClosed),
    say(name: string, id: string) {
      const source = sources.findLast(({ isClosed }) => !isClosed)!;
      source.dispatchEvent(new MessageEvent(name, { data: "{}", lastEventId: id }));
    },
    tab(cursor: string | null) {
      const heard: string[] = [];
      let gaps = 0;
      const stream = new EventStream(ports, {
        url: "/events",
        userId: "usr_1",
        cursor,
        onEvent: ({ id }: ServerEvent) => void heard.push(id ?? ""),
        onState: () => {},
        onGap: () => void gaps++,
      });
      return { stream, heard, gaps: () => gaps };
    },
  };
}

Deno.test("EventStream opens one connection for all tabs and passes events on", () => {
  const browser = createBrowser();
  const first = browser.tab("a.0");
  const second = browser.tab("a.0");

  browser.say("message.created", "b.0");

  assert.equal(browser.open().length, 1);
  assert.deepEqual(first.heard, ["b.0"]);
  assert.deepEqual(second.heard, ["b.0"]);
});

Deno.test("EventStream hands over to another tab, which resumes from its own cursor", async () => {
  const browser = createBrowser();
  const first = browser.tab("a.0");
  const second = browser.tab("a.0");
  browser.say("message.created", "b.0");

  first.stream[Symbol.dispose]();
  await Promise.resolve();
  await Promise.resolve();

  assert.deepEqual(browser.open().map(({ url }) => url), ["/events?cursor=b.0"]);
  browser.say("message.created", "c.0");
  assert.deepEqual(second.heard, ["b.0", "c.0"]);
  assert.deepEqual(first.heard, ["b.0"]);
});

Deno.test("EventStream tells a tab that is behind to read anew, and only that one", () => {
  const browser = createBrowser();
  const first = browser.tab("a.0");
  browser.say("message.created", "c.0");

  const behind = browser.tab("b.0");
  const ahead = browser.tab("d.0");

  assert.equal(first.gaps(), 0);
  assert.equal(behind.gaps(), 1);
  assert.equal(ahead.gaps(), 0);
});

Deno.test("EventStream skips events older than the page", () => {
  const browser = createBrowser();
  browser.tab("a.0");
  const ahead = browser.tab("c.0");

  browser.say("message.created", "b.0");
  browser.say("message.created", "c.1");

  assert.deepEqual(ahead.heard, ["c.1"]);
});

Deno.test("EventStream connects every tab by itself where there are no locks", () => {
  const browser = createBrowser({ hasLocks: false });
  browser.tab("a.0");
  browser.tab("a.0");

  assert.equal(browser.open().length, 2);
});
