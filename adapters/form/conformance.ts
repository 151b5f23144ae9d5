/** What the conformance kit needs to know of forms: there is no provider, and nothing is delivered. */
import type { Fixture } from "../../tests/conformance/mod.ts";

export const fixture: Fixture = {
  url: import.meta.url,
  config: {
    captcha: { kind: "turnstile", siteKey: "1x00000000000000000000AA", secret: "turnstile-secret" },
  },
};
