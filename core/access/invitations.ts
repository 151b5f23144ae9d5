import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Role, User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";
import { can, mayChangeRole } from "./can.ts";
import type { AccessContext } from "./context.ts";
import { AcceptInput, InvitationInput } from "./inputs.ts";
import { joinInboxes } from "./join_inboxes.ts";
import { dropLinks, findLink, LINK_MS, linkUrl, liveLink, makeLink, putLink } from "./links.ts";
import { invitationMail } from "./mails.ts";
import { parseInput } from "./parse_input.ts";
import { actorOf, type Principal, roleOf } from "./principal.ts";
import { putUser } from "./put_user.ts";
import { hashToken } from "./secret_token.ts";
import type { SignedIn } from "./set_up.ts";
import { ACCESS_QUEUE } from "./take_turn.ts";

/** An open invitation. Its link is known only to whoever made it and whoever got it. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly inboxIds: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface Invitations {
  /** Makes a link, mails it when there is a mailer, and takes the place of an older one for this address. Errors: invalid, forbidden, conflict. */
  invite(
    principal: Principal,
    input: InvitationInput,
  ): Promise<Result<{ readonly invitation: Invitation; readonly url: string }, CoreError>>;
  /** Open ones, newest first. Errors: forbidden. */
  invitations(principal: Principal): Promise<Result<readonly Invitation[], CoreError>>;
  /** Errors: forbidden, not_found. */
  revokeInvitation(principal: Principal, id: string): Promise<Result<null, CoreError>>;
  /** Makes the invited user and signs them in. Single use. Errors: invalid, not_found (link), conflict. */
  acceptInvitation(
    token: string,
    input: AcceptInput,
    userAgent?: string,
  ): Promise<Result<SignedIn, CoreError>>;
}

export function createInvitations(context: AccessContext): Invitations {
  const { store, ports, config, passwords, sessions, inboxes, background } = context;

  async function mail(inviterName: string, email: string, url: string): Promise<void> {
    const { systemMailer } = ports;
    if (!systemMailer) return;
    const workspaceName = (await store.get(keys.workspace()))?.name ?? "Parley";
    const message = invitationMail(email, { workspaceName, inviterName, url });
    background.start("invitation mail", (signal) => systemMailer(message, signal));
  }

  return {
    async invite(principal, input) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(InvitationInput, input);
      if (!parsed.ok) return parsed;
      const { email, role, inboxIds } = parsed.value;
      if (!mayChangeRole(roleOf(principal), role)) return err({ code: "forbidden" });
      const link = await makeLink(ports.random);
      const id = ports.ids.next("inv");
      const done = await transact(store, async (tx): Promise<Result<Invitation, CoreError>> => {
        if (await tx.get(keys.userByEmail(email)) !== null) {
          return err({ code: "conflict", message: `${email} already has an account` });
        }
        for (const [i, inboxId] of inboxIds.entries()) {
          if (await tx.read(keys.inbox(inboxId)) === null) {
            return err(invalid(`inboxIds.${i}`, "is not an inbox"));
          }
        }
        await dropLinks(tx, (one) => one.kind === "invitation" && one.email === email);
        const [createdAt, expiresAt] = [tx.now, tx.now + LINK_MS.invitation];
        const invitation: Invitation = { id, email, role, inboxIds, createdAt, expiresAt };
        putLink(tx, link, { kind: "invitation", ...invitation });
        return ok(invitation);
      }, ACCESS_QUEUE);
      if (!done.ok) return done;
      const url = linkUrl(config, "invitation", link.token);
      await mail(actorOf(principal).name, email, url);
      return ok({ invitation: done.value, url });
    },

    async invitations(principal) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const open: Invitation[] = [];
      for await (const { value } of store.list(keys.links())) {
        const link = liveLink(value, "invitation", ports.clock.now());
        if (link === null) continue;
        const { kind: _, ...invitation } = link;
        open.push(invitation);
      }
      return ok(open.sort((a, b) => b.createdAt - a.createdAt));
    },

    async revokeInvitation(principal, id) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      return await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        let isFound = false;
        await dropLinks(tx, (link) => {
          const isIt = link.kind === "invitation" && link.id === id && link.expiresAt > tx.now;
          isFound ||= isIt;
          return isIt;
        });
        return isFound ? ok(null) : err(notFound("invitation"));
      }, ACCESS_QUEUE);
    },

    async acceptInvitation(token, input, userAgent = "") {
      const parsed = parseInput(AcceptInput, input);
      if (!parsed.ok) return parsed;
      if (liveLink(await findLink(store, token), "invitation", ports.clock.now()) === null) {
        return err(notFound("link"));
      }
      const { name, password } = parsed.value;
      const passwordHash = await passwords.hash(password);
      const linkHash = await hashToken(token);
      const session = await sessions.make();
      const id = ports.ids.next("usr");
      const done = await transact(store, async (tx): Promise<Result<User, CoreError>> => {
        const link = liveLink(await tx.get(keys.link(linkHash)), "invitation", tx.now);
        if (link === null) return err(notFound("link"));
        const { email, role } = link;
        const made = await putUser(tx, { id, name, email, role, passwordHash });
        if (made === null) {
          return err({ code: "conflict", message: `${email} already has an account` });
        }
        await joinInboxes(tx, id, link.inboxIds);
        tx.delete(keys.link(linkHash));
        sessions.open(tx, session, { ...made, userAgent });
        const actor = { type: "user", id, name } as const;
        tx.emit({ type: "access.changed", actor, userId: id });
        return ok(made.user);
      }, ACCESS_QUEUE);
      if (!done.ok) return done;
      inboxes.forget();
      const principal = await sessions.principal(done.value, session.hash);
      return ok({ token: session.token, principal });
    },
  };
}
