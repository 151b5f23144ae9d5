/** A store of a test: in memory, with the limits of the strictest platform. */
import { openStore, type OpenStoreOptions, type Store } from "../../core/store/mod.ts";
import { type FakePorts, fakePorts } from "./ports.ts";

export const TEST_SECRET = "test secret of at least 32 bytes, never used elsewhere";

export interface TestStore extends Disposable {
  readonly store: Store;
  readonly ports: FakePorts;
}

/** Opens an empty store; `using test = await openTestStore()` closes it. */
export async function openTestStore(
  options: Partial<OpenStoreOptions> & { ports?: FakePorts } = {},
): Promise<TestStore> {
  const ports = options.ports ?? fakePorts();
  const opened = await openStore({
    path: ":memory:",
    secrets: { current: TEST_SECRET, old: [] },
    strict: true,
    ...options,
    ports,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  return { store, ports, [Symbol.dispose]: () => store[Symbol.dispose]() };
}
