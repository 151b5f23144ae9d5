/** What the conformance kit needs to know of practice: there is no provider, and deliveries are fetched. */
import type { Fixture } from "../../tests/conformance/mod.ts";

export const fixture: Fixture = { url: import.meta.url, config: {} };
