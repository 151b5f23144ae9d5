import type { StreamPorts, TabChannel } from "./event_stream.ts";

/** The real browser behind an event stream. Call it in the browser only. */
export function browserStreamPorts(): StreamPorts {
  const locks: LockManager | undefined = globalThis.navigator.locks;
  return {
    openSource: (url) => new EventSource(url),
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    openChannel(name): TabChannel | null {
      return typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    },
    // Locks exist only in secure contexts.
    requestLead: locks === undefined ? null : (name, signal, lead) => {
      // Rejects when the tab closes while it waits for its turn.
      locks.request(name, { signal }, lead).catch(() => {});
    },
  };
}
