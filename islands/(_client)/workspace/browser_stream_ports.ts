import type { StreamPorts, TabChannel, TabMessage } from "./event_stream.ts";

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
    openChannel: (name) => typeof BroadcastChannel === "undefined" ? null : openTabs(name),
    // Locks exist only in secure contexts.
    requestLead: locks === undefined ? null : (name, signal, lead) => {
      // Rejects when the tab closes while it waits for its turn.
      locks.request(name, { signal }, lead).catch(() => {});
    },
  };
}

function openTabs(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    // Only our own tabs post to this name.
    listen(hear) {
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => hear(data);
    },
    close: () => channel.close(),
  };
}
