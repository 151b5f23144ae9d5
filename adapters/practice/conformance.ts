/** What the conformance kit needs to know of practice: there is no provider, and deliveries are fetched. */
import type { Fixture } from "../../tests/conformance/mod.ts";

const AT = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;
const all = { repeats: true, shuffles: true, hostileText: true, files: true, edits: true };

export const fixture: Fixture = {
  url: import.meta.url,
  config: { everyMinutes: 5, misbehaviour: all },
  poll: { at: [0, 1, 20, 21, 24 * 60].map((minutes) => AT + minutes * MINUTE) },
};

export const others: Readonly<Record<string, Fixture>> = {
  "recorded traffic": {
    ...fixture,
    config: { everyMinutes: 0, replay: "sample", speed: 60, repeat: true },
  },
};
