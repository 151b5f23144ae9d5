/** What the conformance kit needs to know of chat: there is no provider, and nothing is delivered. */
import type { Fixture } from "../../tests/conformance/mod.ts";

export const fixture: Fixture = {
  url: import.meta.url,
  config: { identityMode: "required", identitySecret: "an identity secret of the kit's own" },
};
