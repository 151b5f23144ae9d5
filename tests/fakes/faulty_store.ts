/** A store that dies, or meets another process, at a commit of the test's choice. */
import type { Store } from "../../core/store/mod.ts";

/** Takes some commits, then none. */
export function dyingStore(store: Store, commits: number): Store {
  let left = commits;
  return withApply(store, (batch) =>
    left-- > 0
      ? store.apply(batch)
      // Words by which a command knows that trying again is of no use.
      : Promise.reject(new TypeError("the process is dead (max 0)")));
}

/** Runs something right before its n-th commit, from 1: what another process does meanwhile. */
export function storeMeeting(store: Store, n: number, meanwhile: () => Promise<void>): Store {
  let count = 0;
  return withApply(store, async (batch) => {
    if (++count === n) await meanwhile();
    return await store.apply(batch);
  });
}

/** The same data as another process has it: it waits for no turn of this one. */
export function storeElsewhere(store: Store): Store {
  return withOwn(store, "inTurn", (_key: string, run: () => Promise<unknown>) => run());
}

function withApply(store: Store, apply: Store["apply"]): Store {
  return withOwn(store, "apply", apply);
}

function withOwn(store: Store, own: keyof Store, value: unknown): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === own) return value;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}
