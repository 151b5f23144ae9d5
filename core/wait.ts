import type { Ports } from "./ports.ts";

/** Lets some time pass. @throws the signal's reason, at once, when that is aborted */
export async function wait(
  { alarm, clock }: Pick<Ports, "alarm" | "clock">,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  const cancel = alarm(clock.now() + ms, resolve);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await promise;
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
  }
}
