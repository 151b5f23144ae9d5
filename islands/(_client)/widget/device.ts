/** What the widget needs of the browser. */
export interface Device {
  now(): number;
  random(): number;
  newId(): string;
  /** Resolves after `ms`, when the network comes back, or when `signal` aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Whether the visitor can see this page now. */
  isVisible(): boolean;
  readonly locale: string;
}

/** The real one. */
export function browserDevice(locale: string): Device {
  return {
    locale,
    now: () => Date.now(),
    random: () => Math.random(),
    newId: () => {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
    isVisible: () => document.visibilityState === "visible",
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          removeEventListener("online", done);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        addEventListener("online", done);
        signal?.addEventListener("abort", done);
        if (signal?.aborted) done();
      }),
  };
}
