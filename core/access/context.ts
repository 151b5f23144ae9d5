import type { Config } from "../config/mod.ts";
import type { Ports } from "../ports.ts";
import type { Store } from "../store/mod.ts";
import type { Background } from "./background.ts";
import type { InboxCache } from "./inbox_cache.ts";
import type { Passwords } from "./passwords.ts";
import type { RateLimiter } from "./rate_limiter.ts";
import type { Sessions } from "./sessions.ts";

/** What the commands of this folder share. */
export interface AccessContext {
  readonly store: Store;
  readonly ports: Ports;
  readonly config: Pick<Config, "url" | "port" | "apiToken">;
  readonly passwords: Passwords;
  readonly rates: RateLimiter;
  readonly inboxes: InboxCache;
  readonly sessions: Sessions;
  readonly background: Background;
}
