import { z } from "zod";
import {
  type Access,
  ACCESS_QUEUE,
  actorOf,
  announceAccess,
  can,
  nameInput,
  parseInput,
  type Principal,
  readMembers,
  takeTurn,
} from "../access/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Inbox } from "../model/inbox.ts";
import type { Ports } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import type { Fallbacks } from "./fallbacks.ts";
import { patchPolicy, SpamPolicyPatch } from "./spam_policy.ts";

const MAX_MEMBERS = 500;
const MemberIds = z.array(z.string()).max(MAX_MEMBERS, `takes ${MAX_MEMBERS} members at most`)
  .readonly().transform((ids) => [...new Set(ids)]);
const MAX_TEAMS = 50;
const TeamIds = z.array(z.string()).max(MAX_TEAMS, `takes ${MAX_TEAMS} teams at most`)
  .readonly().transform((ids) => [...new Set(ids)]);
const InboxInput = z.object({
  name: nameInput(),
  memberIds: MemberIds.optional(),
  teamIds: TeamIds.optional(),
  spamPolicy: SpamPolicyPatch.optional(),
});
export type InboxInput = z.input<typeof InboxInput>;
const InboxPatch = InboxInput.partial();
export type InboxPatch = z.input<typeof InboxPatch>;

/** Where teams work. Whoever may not read an inbox is told that there is none. */
export interface Inboxes {
  /** Those the caller may read, oldest first. */
  list(principal: Principal): Promise<Result<readonly Inbox[], CoreError>>;
  /** Errors: not_found. */
  get(principal: Principal, id: string): Promise<Result<Inbox, CoreError>>;
  /** Members: the given users and teams, else whoever makes it. Errors: invalid, forbidden. */
  create(
    principal: Principal,
    input: InboxInput,
    options?: Once,
  ): Promise<Result<Inbox, CoreError>>;
  /** Who loses membership loses their streams. Errors: invalid, forbidden, not_found. */
  update(principal: Principal, id: string, patch: InboxPatch): Promise<Result<Inbox, CoreError>>;
  /** Errors: forbidden, not_found, conflict while it holds channels or conversations. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
}

/** What inboxes are kept in, and the cache of memberships that follows them. */
export interface InboxesOptions {
  readonly store: Store;
  readonly ports: Pick<Ports, "ids">;
  readonly access: Pick<Access, "inboxCache">;
  /** Absent: inboxes get their addresses when the core starts. */
  readonly fallbacks?: Pick<Fallbacks, "add">;
}

/** Inboxes over the store. */
export function createInboxes({ store, ports, access, fallbacks }: InboxesOptions): Inboxes {
  const cache = access.inboxCache;

  /** Reading decides whether the inbox exists for the caller, managing whether they may. */
  async function refuse(principal: Principal, id: string): Promise<CoreError | null> {
    if (can(principal, "inbox.manage", { inboxId: id })) return null;
    const isVisible = can(principal, "inbox.read", { inboxId: id }) &&
      await store.get(keys.inbox(id)) !== null;
    return isVisible ? { code: "forbidden" } : notFound("inbox");
  }

  return {
    async list(principal) {
      const all = await cache.all();
      return ok(all.filter(({ id }) => can(principal, "inbox.read", { inboxId: id })));
    },

    async get(principal, id) {
      const inbox = can(principal, "inbox.read", { inboxId: id })
        ? await store.get(keys.inbox(id))
        : null;
      return inbox === null ? err(notFound("inbox")) : ok(inbox);
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "inbox.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(InboxInput, input);
      if (!parsed.ok) return parsed;
      const self = principal.type === "user" ? [principal.user.id] : [];
      const { name, memberIds = self, teamIds = [], spamPolicy } = parsed.value;
      const id = ports.ids.next("inb");
      const work = (tx: Tx) => async (): Promise<Result<Inbox, CoreError>> => {
        await takeTurn(tx, "inboxes");
        const error = await checkMembers(tx, { memberIds, teamIds }, null);
        if (error) return err(error);
        const times = { createdAt: tx.now, updatedAt: tx.now };
        const made: Inbox = {
          id,
          name,
          memberIds,
          teamIds,
          ...spamPolicy && { spamPolicy: patchPolicy(undefined, spamPolicy) },
          ...times,
        };
        const inbox = fallbacks?.add(tx, made) ?? made;
        tx.set(keys.inbox(id), inbox);
        announce(tx, principal, inbox, await readMembers(tx, inbox));
        return ok(inbox);
      };
      const done = await transact(store, (tx) => once(tx, options, work(tx)), ACCESS_QUEUE);
      cache.forget();
      return done;
    },

    async update(principal, id, patch) {
      const refusal = await refuse(principal, id);
      if (refusal) return err(refusal);
      const parsed = parseInput(InboxPatch, patch);
      if (!parsed.ok) return parsed;
      const done = await transact(store, async (tx): Promise<Result<Inbox, CoreError>> => {
        const before = await tx.get(keys.inbox(id));
        if (before === null) return err(notFound("inbox"));
        const {
          name = before.name,
          memberIds = before.memberIds,
          teamIds = before.teamIds,
          spamPolicy,
        } = parsed.value;
        await takeTurn(tx, "inboxes");
        const error = await checkMembers(tx, { memberIds, teamIds }, before);
        if (error) return err(error);
        const after: Inbox = {
          ...before,
          name,
          memberIds,
          teamIds,
          ...spamPolicy && {
            spamPolicy: patchPolicy(before.spamPolicy, spamPolicy),
          },
          updatedAt: tx.now,
        };
        tx.set(keys.inbox(id), after);
        const worked = await readMembers(tx, before);
        announce(tx, principal, after, worked.symmetricDifference(await readMembers(tx, after)));
        return ok(after);
      }, ACCESS_QUEUE);
      cache.forget();
      return done;
    },

    async remove(principal, id) {
      const refusal = await refuse(principal, id);
      if (refusal) return err(refusal);
      const done = await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        const inbox = await tx.get(keys.inbox(id));
        if (inbox === null) return err(notFound("inbox"));
        // Taken before the look inside: what is put there afterwards makes this run again.
        await takeTurn(tx, "inboxes");
        const content = await firstContent(tx, id);
        if (content !== null) {
          return err({ code: "conflict", message: `"${inbox.name}" still holds ${content}` });
        }
        tx.delete(keys.inbox(id));
        if (inbox.fallback !== undefined) tx.delete(keys.channel(inbox.fallback.channelId));
        announce(tx, principal, inbox, await readMembers(tx, inbox));
        return ok(null);
      }, ACCESS_QUEUE);
      cache.forget();
      return done;
    },
  };
}

/** New members must be active users, and teams be there; who is a member already may stay, also while deactivated. */
async function checkMembers(
  tx: Tx,
  { memberIds, teamIds }: Pick<Inbox, "memberIds" | "teamIds">,
  before: Pick<Inbox, "memberIds" | "teamIds"> | null,
): Promise<CoreError | null> {
  for (const [i, userId] of memberIds.entries()) {
    if (before?.memberIds.includes(userId)) continue;
    if (!(await tx.read(keys.user(userId)))?.active) {
      return invalid(`memberIds.${i}`, "is not an active user");
    }
  }
  for (const [i, teamId] of teamIds.entries()) {
    if (before?.teamIds.includes(teamId)) continue;
    if (await tx.read(keys.team(teamId)) === null) {
      return invalid(`teamIds.${i}`, "is not a team");
    }
  }
  return null;
}

/** Tells screens that the inbox changed, and the streams of some users that their rights did. */
function announce(tx: Tx, principal: Principal, inbox: Inbox, userIds: Iterable<string>): void {
  const actor = actorOf(principal);
  tx.emit({ type: "settings.changed", actor, inboxId: inbox.id });
  announceAccess(tx, actor, userIds, inbox.id);
}

/** What keeps an inbox from being removed, in words, or null. */
async function firstContent(tx: Tx, inboxId: string): Promise<string | null> {
  for await (const { value } of tx.list(keys.channels())) {
    if (value.inboxId === inboxId && !value.isFallback) return `the channel "${value.name}"`;
  }
  for (const status of ["closed", "spam", "trash"] as const) {
    const range = keys.doneOfInbox(status, inboxId);
    for await (const _ of tx.list(range, { limit: 1 })) return "conversations";
  }
  for await (const { value } of tx.list(keys.liveConversations())) {
    if (value.inboxId === inboxId) return "conversations";
  }
  return null;
}
