/** Runs inside the page: clocks that need no word with the driver between a key and what it drew. */

export interface PageBench {
  /** Waits for the next Enter: see `opened`. */
  watchOpening(): void;
  /** From that Enter until the conversation it opened was drawn; and a copy of it, drawn by the browser alone. */
  opened: Promise<{ readonly ms: number; readonly copyMs: number }> | null;
  watchKeys(): void;
  /** What the page did for each key since, in ms: script, and drawing its frame. */
  keyTimes(): readonly number[];
  scrollToEnd(): Promise<{ rows: number; longestTaskMs: number; seconds: number }>;
  startWatching(): void;
  stopWatching(): { events: number; longestTaskMs: number };
}

declare global {
  var parleyBench: PageBench;
}

/** Everything is within: the function is sent to the page as text. */
export function watchPage(): void {
  let longestTaskMs = 0;
  let events = 0;
  let times: number[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  }).observe({ type: "longtask" });
  // Every event of the stream goes to the other tabs as well: this hears of each once.
  const tabs = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    if (message?.type === "event") events++;
    tabs.call(this, message);
  };

  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  /** Once what the frame needs is laid out and painted. */
  const afterFrame = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      })
    );
  const key = (wanted: string | null) =>
    new Promise<KeyboardEvent>((resolve) => {
      const onKey = (event: KeyboardEvent) => {
        if (wanted !== null && event.key !== wanted) return;
        removeEventListener("keydown", onKey, true);
        resolve(event);
      };
      addEventListener("keydown", onKey, true);
    });
  const isSeen = (element: Element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };
  const isDrawn = (conversationId: string) => {
    const main = document.querySelector("main.thread:not([aria-busy])");
    if (!location.pathname.includes(conversationId)) return null;
    if (main === null || main.querySelector(".messages article, .messages .bubbles") === null) {
      return null;
    }
    const areLoaded = [...main.querySelectorAll("iframe")].filter(isSeen).every((frame) =>
      frame.contentDocument?.readyState === "complete" &&
      frame.contentDocument.URL !== "about:blank"
    );
    return areLoaded ? main : null;
  };

  const measureOpening = async () => {
    const { timeStamp } = await key("Enter");
    const id = document.activeElement?.id.replace(/^row-/, "") ?? "";
    let main = null;
    for (let frame = 0; main === null && frame < 600; frame++) {
      await nextFrame();
      main = isDrawn(id);
    }
    const ms = await afterFrame() - timeStamp;
    const copy = main?.cloneNode(true);
    const startedAt = await nextFrame();
    if (copy !== undefined) main?.after(copy);
    const copyMs = await afterFrame() - startedAt;
    copy?.parentNode?.removeChild(copy);
    return { ms, copyMs };
  };

  globalThis.parleyBench = {
    opened: null,
    watchOpening() {
      globalThis.parleyBench.opened = measureOpening();
    },
    watchKeys() {
      times = [];
      addEventListener("keydown", ({ timeStamp }) => {
        const began = performance.now();
        const waited = began - timeStamp;
        setTimeout(() => {
          const scripted = performance.now() - began;
          requestAnimationFrame((frameAt) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => times.push(waited + scripted + performance.now() - frameAt);
            port2.postMessage(null);
          });
        });
      }, true);
    },
    keyTimes: () => times,
    async scrollToEnd() {
      longestTaskMs = 0;
      const startedAt = performance.now();
      const scroller = document.querySelector(".rows");
      if (scroller === null) throw new Error("Cannot scroll: there is no list");
      for (let still = 0; still < 600;) {
        const before = scroller.scrollTop;
        scroller.scrollTop += scroller.clientHeight * 2;
        await nextFrame();
        const isEnd = scroller.scrollTop === before;
        still = isEnd ? still + 1 : 0;
        if (isEnd && document.querySelector(".rows-more") === null) break;
      }
      const seconds = (performance.now() - startedAt) / 1_000;
      const row = scroller.querySelector<HTMLElement>(".row")?.offsetHeight ?? 64;
      return { rows: Math.round(scroller.scrollHeight / row), longestTaskMs, seconds };
    },
    startWatching() {
      longestTaskMs = 0;
      events = 0;
    },
    stopWatching: () => ({ events, longestTaskMs }),
  };
}
