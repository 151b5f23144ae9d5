import type { CoreError } from "../errors.ts";
import type { User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import type { AccessContext } from "./context.ts";
import { normalizeEmail } from "./email_address.ts";
import { SignInInput } from "./inputs.ts";
import { findLink, liveLink } from "./links.ts";
import { parseInput } from "./parse_input.ts";
import type { Principal } from "./principal.ts";
import { addressSubject } from "./rate_limit.ts";
import type { RateBucket } from "./rate_limiter.ts";
import { hashToken } from "./secret_token.ts";
import type { SignedIn } from "./set_up.ts";

/** Failures allowed per address and per account. */
const FAILURES = { max: 10, windowMs: 15 * 60 * 1_000 } as const;

export interface SignIn {
  /** Errors: invalid, unauthenticated (whatever is wrong), rate_limited. */
  signIn(input: SignInInput): Promise<Result<SignedIn, CoreError>>;
  /** By a link made on the command line or by the demo. Works until it expires. Errors: unauthenticated. */
  signInByLink(token: string, userAgent: string): Promise<Result<SignedIn, CoreError>>;
  /** Ends a session; one that does not exist is already ended. */
  signOut(token: string): Promise<void>;
  principalOfSession(token: string): Promise<Principal | null>;
}

export function createSignIn(context: AccessContext): SignIn {
  const { store, ports, passwords, rates, sessions } = context;

  /** Opens a session if the user is still active and the password still the one that was proven. */
  async function open(
    userId: string,
    changedAt: number,
    userAgent: string,
  ): Promise<Result<SignedIn, CoreError>> {
    const session = sessions.make();
    const done = await transact(store, async (tx): Promise<Result<User, CoreError>> => {
      const user = await tx.get(keys.user(userId));
      const credential = await tx.get(keys.credential(userId));
      if (!user?.active || credential?.changedAt !== changedAt) {
        return err({ code: "unauthenticated" });
      }
      sessions.open(tx, session, { user, credential, userAgent });
      return ok(user);
    });
    if (!done.ok) return done;
    const principal = await sessions.principal(done.value, session.hash);
    return ok({ token: session.token, principal });
  }

  return {
    async signIn(input) {
      const parsed = parseInput(SignInInput, input);
      if (!parsed.ok) return parsed;
      const { password, userAgent, remoteAddress } = parsed.value;
      const email = normalizeEmail(parsed.value.email);
      const buckets: readonly RateBucket[] = [
        { name: "sign_in_address", subject: addressSubject(remoteAddress), ...FAILURES },
        { name: "sign_in_email", subject: email, ...FAILURES },
      ];
      // Counted before the password is looked at, so that a crowd of guesses at once is counted too.
      const taken = await rates.take(buckets);
      if (!taken.ok) return taken;
      const userId = await store.get(keys.userByEmail(email));
      const user = userId === null ? null : await store.get(keys.user(userId));
      const credential = user?.active ? await store.get(keys.credential(user.id)) : null;
      const isRight = await passwords.verify(password, credential?.hash ?? null);
      if (!isRight || !user || !credential) return err({ code: "unauthenticated" });
      const opened = await open(user.id, credential.changedAt, userAgent);
      if (opened.ok) await rates.giveBack(buckets);
      return opened;
    },

    async signInByLink(token, userAgent) {
      const link = liveLink(await findLink(store, token), "sign_in", ports.clock.now());
      const credential = link && await store.get(keys.credential(link.userId));
      if (!credential) return err({ code: "unauthenticated" });
      return await open(link.userId, credential.changedAt, userAgent);
    },

    async signOut(token) {
      const hash = hashToken(token);
      await transact(store, async (tx) => {
        const session = await tx.get(keys.session(hash));
        if (session === null) return;
        const { userId } = session;
        const user = await tx.read(keys.user(userId));
        tx.delete(keys.session(hash));
        tx.delete(keys.sessionOfUser(userId, hash));
        const actor = { type: "user", id: userId, name: user?.name ?? "" } as const;
        tx.emit({ type: "access.changed", actor, userId });
      });
    },

    async principalOfSession(token) {
      if (!/^[\w-]{43}$/.test(token)) return null;
      return await sessions.find(hashToken(token));
    },
  };
}
