const STEP_MS = 40;

export interface UntilOptions {
  /** How long to wait at most. */
  readonly timeoutMs?: number;
  /** For the error: "the reply is sent". */
  readonly what?: string;
}

/**
 * Asks again and again until there is an answer other than `null`, `undefined` and `false`.
 * @throws when none came in time
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  { timeoutMs = 10_000, what = ask.toString() }: UntilOptions = {},
): Promise<Exclude<T, null | undefined | false>> {
  const endsAt = performance.now() + timeoutMs;
  while (true) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) {
      // Narrowed by the three comparisons, which TypeScript does not follow through a type parameter.
      return answer as Exclude<T, null | undefined | false>;
    }
    if (performance.now() > endsAt) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
