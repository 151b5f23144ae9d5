import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Role, User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { can, mayChangeRole } from "./can.ts";
import type { AccessContext } from "./context.ts";
import { AcceptInput, InvitationInput } from "./inputs.ts";
import { joinInboxes } from "./join_inboxes.ts";
import {
  dropLinks,
  findLink,
  LINK_MS,
  linkOf,
  linkUrl,
  liveLink,
  type NewLink,
  putLink,
} from "./links.ts";
import { invitationMail } from "./mails.ts";
import { parseInput } from "./parse_input.ts";
import { actorOf, type Principal, roleOf } from "./principal.ts";
import { putUser } from "./put_user.ts";
import { hashToken, tokenOfRecord } from "./secret_token.ts";
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
    options?: Once,
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

  function tokenOf(id: string, options: Once): Promise<string> {
    return tokenOfRecord(id, options, { random: ports.random, vault: store.vault });
  }

  async function mail(inviterName: string, email: string, url: string): Promise<void> {
    const { systemMailer } = ports;
    if (!systemMailer) return;
    const workspaceName = (await store.get(keys.workspace()))?.name ?? "Parley";
    const message = invitationMail(email, { workspaceName, inviterName, url });
    background.start("invitation mail", (signal) => systemMailer(message, signal));
  }

  return {
    async invite(principal, input, options = {}) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(InvitationInput, input);
      if (!parsed.ok) return parsed;
      if (!mayChangeRole(roleOf(principal), parsed.value.role)) return err({ code: "forbidden" });
      const id = ports.ids.next("inv");
      const token = await tokenOf(id, options);
      const link = linkOf(token);
      const done = await transact(
        store,
        (tx) => once(tx, options, () => putInvitation(tx, link, { id, ...parsed.value })),
        ACCESS_QUEUE,
      );
      if (!done.ok) return done;
      const invitation = done.value;
      const isRepeat = invitation.id !== id;
      const url = linkUrl(
        config,
        "invitation",
        isRepeat ? await tokenOf(invitation.id, options) : token,
      );
      if (!isRepeat) await mail(actorOf(principal).name, invitation.email, url);
      return ok({ invitation, url });
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
      const linkHash = hashToken(token);
      const session = sessions.make();
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

/** Stores an invitation in the place of an older one for the same address. */
async function putInvitation(
  tx: Tx,
  link: NewLink,
  fields: Pick<Invitation, "id" | "email" | "role" | "inboxIds">,
): Promise<Result<Invitation, CoreError>> {
  const { email, inboxIds } = fields;
  if (await tx.get(keys.userByEmail(email)) !== null) {
    return err({ code: "conflict", message: `${email} already has an account` });
  }
  for (const [i, inboxId] of inboxIds.entries()) {
    if (await tx.read(keys.inbox(inboxId)) === null) {
      return err(invalid(`inboxIds.${i}`, "is not an inbox"));
    }
  }
  await dropLinks(tx, (one) => one.kind === "invitation" && one.email === email);
  const invitation = { ...fields, createdAt: tx.now, expiresAt: tx.now + LINK_MS.invitation };
  putLink(tx, link, { kind: "invitation", ...invitation });
  return ok(invitation);
}
