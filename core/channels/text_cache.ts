import type { Clock } from "../ports.ts";

/** Texts kept in memory for a while. */
export interface TextCache {
  /** The kept text, or what `get` gives now. Calls at the same time share one `get`; a failure is not kept. */
  get(key: string, forMs: number, get: () => Promise<string>): Promise<string>;
}

/** The oldest makes room. */
const MAX_ENTRIES = 100;

export function createTextCache(clock: Clock): TextCache {
  const entries = new Map<string, { readonly until: number; readonly text: Promise<string> }>();

  return {
    async get(key, forMs, get) {
      const known = entries.get(key);
      if (known !== undefined && known.until > clock.now()) return await known.text;
      entries.delete(key);
      const [oldest] = entries.keys();
      if (entries.size >= MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
      const entry = { until: clock.now() + forMs, text: get() };
      entries.set(key, entry);
      try {
        return await entry.text;
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      }
    },
  };
}
