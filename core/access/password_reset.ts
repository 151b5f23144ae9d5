import { type CoreError, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { z } from "zod";
import type { AccessContext } from "./context.ts";
import { EmailInput } from "./email_address.ts";
import { PasswordInput } from "./inputs.ts";
import { findLink, LINK_MS, linkUrl, liveLink, makeLink, putLink } from "./links.ts";
import { resetMail } from "./mails.ts";
import { parseInput } from "./parse_input.ts";
import { SYSTEM } from "../model/change.ts";
import { putCredential } from "./put_credential.ts";
import { addressSubject } from "./rate_limit.ts";
import { hashToken } from "./secret_token.ts";
import { ACCESS_QUEUE } from "./take_turn.ts";

const HOUR_MS = 60 * 60 * 1_000;
const PER_ADDRESS = { name: "reset_address", max: 10, windowMs: HOUR_MS } as const;
const PER_EMAIL = { name: "reset_email", max: 3, windowMs: HOUR_MS } as const;

export interface PasswordReset {
  /**
   * Sends a link when the address belongs to an active user and Parley can send mail. The answer is the same
   * either way. Errors: invalid, rate_limited (by the client's address).
   */
  requestPasswordReset(email: string, remoteAddress: string): Promise<Result<null, CoreError>>;
  /** Sets a password and ends all sessions. Single use. Errors: invalid, not_found (link). */
  resetPassword(token: string, password: string): Promise<Result<null, CoreError>>;
}

export function createPasswordReset(context: AccessContext): PasswordReset {
  const { store, ports, config, passwords, rates, sessions, background } = context;

  async function sendLink(email: string, signal: AbortSignal): Promise<void> {
    const { systemMailer } = ports;
    const userId = await store.get(keys.userByEmail(email));
    if (userId === null || !systemMailer) return;
    const link = makeLink(ports.random);
    const isStored = await transact(store, async (tx) => {
      if (!(await tx.get(keys.user(userId)))?.active) return false;
      putLink(tx, link, { kind: "reset", userId, expiresAt: tx.now + LINK_MS.reset });
      return true;
    });
    if (!isStored) return;
    await systemMailer(resetMail(email, { url: linkUrl(config, "reset", link.token) }), signal);
  }

  return {
    async requestPasswordReset(email, remoteAddress) {
      const parsed = parseInput(z.object({ email: EmailInput }), { email });
      if (!parsed.ok) return parsed;
      const subject = addressSubject(remoteAddress);
      const taken = await rates.take([{ ...PER_ADDRESS, subject }]);
      if (!taken.ok) return taken;
      const allowed = await rates.take([{ ...PER_EMAIL, subject: parsed.value.email }]);
      if (allowed.ok) {
        background.start("password reset", (signal) => sendLink(parsed.value.email, signal));
      }
      return ok(null);
    },

    async resetPassword(token, password) {
      const parsed = parseInput(z.object({ password: PasswordInput }), { password });
      if (!parsed.ok) return parsed;
      if (liveLink(await findLink(store, token), "reset", ports.clock.now()) === null) {
        return err(notFound("link"));
      }
      const hash = await passwords.hash(password);
      const linkHash = hashToken(token);
      return await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        const link = liveLink(await tx.get(keys.link(linkHash)), "reset", tx.now);
        const user = link && await tx.get(keys.user(link.userId));
        if (!link || !user?.active) return err(notFound("link"));
        tx.delete(keys.link(linkHash));
        await putCredential(tx, sessions, { userId: user.id, hash });
        tx.emit({ type: "access.changed", actor: SYSTEM, userId: user.id });
        return ok(null);
      }, ACCESS_QUEUE);
    },
  };
}
