/**
 * One stream per browser: a browser allows six connections to a host, and a site may be open in ten tabs. The tab
 * that holds a lock has the stream; it passes on what it hears.
 */
import type { StreamEvent } from "./sse_parser.ts";

export type TabMessage =
  | { readonly type: "event"; readonly event: StreamEvent }
  | { readonly type: "connection"; readonly isOnline: boolean }
  /** The visitor signed in as somebody else, or was forgotten: what the device keeps has changed. */
  | { readonly type: "session" };

export interface Tabs {
  tell(message: TabMessage): void;
  onMessage(listener: (message: TabMessage) => void): void;
  /** Runs `work` once no other tab does, until it ends or `signal` aborts. */
  lead(work: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

export function tabsOf(channelId: string): Tabs {
  const name = `parley.${channelId}`;
  const { locks } = navigator;
  // Without locks (plain http, blocked storage) each tab is on its own, and hears no others: it would hear all twice.
  let channel = locks && "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  return {
    tell: (message) => channel?.postMessage(message),
    onMessage(listener) {
      channel?.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => listener(data));
    },
    async lead(work, signal) {
      let isWorking = false;
      const lead = () => {
        isWorking = true;
        return work();
      };
      if (channel === null) return await lead();
      try {
        await locks.request(name, { signal }, lead);
      } catch (error) {
        // Aborting is how a tab stops waiting for its turn.
        if (signal.aborted) return;
        if (isWorking) throw error;
        channel.close();
        channel = null;
        await lead();
      }
    },
  };
}
