import type { CoreContext } from "../context.ts";
import { keys, type Store } from "../store/mod.ts";
import { type ApiTokens, createApiTokens } from "./api_tokens.ts";
import { Background } from "./background.ts";
import type { AccessContext } from "./context.ts";
import { InboxCache } from "./inbox_cache.ts";
import { createInvitations, type Invitations } from "./invitations.ts";
import { findLink } from "./links.ts";
import { createPasswordReset, type PasswordReset } from "./password_reset.ts";
import { Passwords } from "./passwords.ts";
import type { Principal } from "./principal.ts";
import { createProfile, type Profile } from "./profile.ts";
import { RateLimiter } from "./rate_limiter.ts";
import { Sessions } from "./sessions.ts";
import { createSetUp, type SetUp } from "./set_up.ts";
import { createSignIn, type SignIn } from "./sign_in.ts";
import { createUsers, type Users } from "./users.ts";

/** What the page behind a link needs to greet its reader. */
export interface LinkInfo {
  readonly kind: "setup" | "invitation" | "reset" | "sign_in";
  /** Whom it is for; absent for set-up. */
  readonly email?: string;
}

/** Users, sessions, roles, invitations and tokens. */
export interface Access
  extends SetUp, SignIn, PasswordReset, Invitations, Users, Profile, ApiTokens {
  /** What a link is for, or null when it does not work (any more). */
  linkInfo(token: string): Promise<LinkInfo | null>;
  /** The caller as of now, read from the store: null when their session or token ended. For open streams. */
  refresh(principal: Principal): Promise<Principal | null>;
  /** Whether Parley can send mail of its own. */
  readonly canMail: boolean;
  /** All inboxes, as memberships are read from them. */
  readonly inboxCache: InboxCache;
  /** Counts attempts; shared with whatever else needs limits. */
  readonly rates: RateLimiter;
  /** Forgets what is kept in memory: another process changed it. */
  forget(): void;
  /** Resolves when the mails under way are sent or given up. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** What access needs beside the store. */
export interface AccessOptions extends Pick<CoreContext, "store" | "ports"> {
  readonly config: AccessContext["config"];
  /** Default: Argon2id at its usual cost. */
  readonly passwords?: Passwords;
}

/** @param options tests pass cheap passwords. */
export function createAccess(options: AccessOptions): Access {
  const { store, ports, config, passwords = new Passwords(ports.random) } = options;
  const inboxes = new InboxCache(store);
  const sessions = new Sessions(store, ports.random, inboxes);
  const rates = new RateLimiter(store);
  const background = new Background(ports);
  const context: AccessContext = {
    store,
    ports,
    config,
    passwords,
    rates,
    inboxes,
    sessions,
    background,
  };
  const apiTokens = createApiTokens(context);
  return {
    ...createSetUp(context),
    ...createSignIn(context),
    ...createPasswordReset(context),
    ...createInvitations(context),
    ...createUsers(context),
    ...createProfile(context),
    ...apiTokens,
    linkInfo: (token) => readLinkInfo(store, token),
    async refresh(principal) {
      if (principal.type === "token") {
        return await apiTokens.isTokenAlive(principal.id) ? principal : null;
      }
      inboxes.forget();
      return await sessions.find(principal.sessionHash);
    },
    canMail: ports.systemMailer !== undefined,
    inboxCache: inboxes,
    rates,
    forget: () => inboxes.forget(),
    settled: () => background.settled(),
    stop: () => background.stop(),
  };
}

async function readLinkInfo(store: Store, token: string): Promise<LinkInfo | null> {
  const link = await findLink(store, token);
  if (link === null || link.expiresAt <= store.ports.clock.now()) return null;
  if (link.kind === "setup") return { kind: link.kind };
  if (link.kind === "invitation") return { kind: link.kind, email: link.email };
  const user = await store.get(keys.user(link.userId));
  return user?.active ? { kind: link.kind, email: user.email } : null;
}
