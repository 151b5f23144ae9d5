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
  takeTurn,
} from "../access/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Team } from "../model/team.ts";
import type { Ports } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import { TEAM_GONE_JOB } from "./clear_team.ts";

/** A team is read whole wherever somebody's rights are. */
const MAX_MEMBERS = 200;
const MAX_TEAMS = 200;

const TeamInput = z.object({
  name: nameInput(60),
  memberIds: z.array(z.string()).max(MAX_MEMBERS, `takes ${MAX_MEMBERS} members at most`)
    .readonly().transform((ids) => [...new Set(ids)]).optional(),
});
export type TeamInput = z.input<typeof TeamInput>;
const TeamPatch = TeamInput.partial();
export type TeamPatch = z.input<typeof TeamPatch>;

/** Teams of people. Everybody of the workspace may know them; who manages the workspace changes them. */
export interface Teams {
  /** By name. */
  list(principal: Principal): Promise<Result<readonly Team[], CoreError>>;
  /** Errors: not_found. */
  get(principal: Principal, id: string): Promise<Result<Team, CoreError>>;
  /** Errors: invalid, forbidden, conflict when the name is taken. */
  create(principal: Principal, input: TeamInput, options?: Once): Promise<Result<Team, CoreError>>;
  /** Who loses an inbox by it loses their streams. Errors: invalid, forbidden, not_found, conflict. */
  update(principal: Principal, id: string, patch: TeamPatch): Promise<Result<Team, CoreError>>;
  /** Its inboxes and conversations go on without it. Errors: forbidden, not_found. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
}

/** What teams are kept in, and the cache of memberships that follows them. */
export interface TeamsOptions {
  readonly store: Store;
  readonly ports: Pick<Ports, "ids">;
  readonly access: Pick<Access, "inboxCache">;
}

/** Teams over the store. */
export function createTeams({ store, ports, access }: TeamsOptions): Teams {
  const cache = access.inboxCache;

  async function change<T>(
    principal: Principal,
    work: (tx: Tx) => Promise<Result<T, CoreError>>,
  ): Promise<Result<T, CoreError>> {
    if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
    const done = await transact(store, work, ACCESS_QUEUE);
    cache.forget();
    return done;
  }

  return {
    async list(_principal) {
      return ok(await cache.teams());
    },

    async get(_principal, id) {
      const team = await store.get(keys.team(id));
      return team === null ? err(notFound("team")) : ok(team);
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(TeamInput, input);
      if (!parsed.ok) return parsed;
      const { name, memberIds = [] } = parsed.value;
      const id = ports.ids.next("tem");
      const work = (tx: Tx) => async (): Promise<Result<Team, CoreError>> => {
        const team: Team = { id, name, memberIds, createdAt: tx.now, updatedAt: tx.now };
        const refusal = await refuse(tx, team, []);
        if (refusal) return err(refusal);
        tx.set(keys.team(id), team);
        announce(tx, principal, memberIds);
        return ok(team);
      };
      return await change(principal, (tx) => once(tx, options, work(tx)));
    },

    async update(principal, id, patch) {
      return await change(principal, async (tx) => {
        const before = await tx.get(keys.team(id));
        if (before === null) return err(notFound("team"));
        const parsed = parseInput(TeamPatch, patch);
        if (!parsed.ok) return parsed;
        const { name = before.name, memberIds = before.memberIds } = parsed.value;
        const after: Team = { ...before, name, memberIds, updatedAt: tx.now };
        const refusal = await refuse(tx, after, before.memberIds);
        if (refusal) return err(refusal);
        tx.set(keys.team(id), after);
        announce(
          tx,
          principal,
          new Set(before.memberIds).symmetricDifference(new Set(memberIds)),
        );
        return ok(after);
      });
    },

    async remove(principal, id) {
      return await change(principal, async (tx): Promise<Result<null, CoreError>> => {
        const team = await tx.get(keys.team(id));
        if (team === null) return err(notFound("team"));
        await takeTurn(tx, "inboxes");
        tx.delete(keys.team(id));
        for await (const { value: inbox } of tx.list(keys.inboxes())) {
          if (!inbox.teamIds.includes(id)) continue;
          const teamIds = inbox.teamIds.filter((one) => one !== id);
          tx.set(keys.inbox(inbox.id), { ...inbox, teamIds, updatedAt: tx.now });
        }
        tx.job({ kind: TEAM_GONE_JOB, payload: { teamId: id }, dueAt: tx.now });
        announce(tx, principal, team.memberIds);
        return ok(null);
      });
    },
  };
}

/** Why a team cannot be as asked for, or null. New members must be active users; who is one already may stay. */
async function refuse(tx: Tx, team: Team, before: readonly string[]): Promise<CoreError | null> {
  // Inboxes and teams change one after the other: what is listed below stays as it is until the commit.
  await takeTurn(tx, "inboxes");
  for (const [i, userId] of team.memberIds.entries()) {
    if (before.includes(userId)) continue;
    if (!(await tx.read(keys.user(userId)))?.active) {
      return invalid(`memberIds.${i}`, "is not an active user");
    }
  }
  const others = (await Array.fromAsync(tx.list(keys.teams()), ({ value }) => value))
    .filter(({ id }) => id !== team.id);
  const isSame = (name: string) => name.toLowerCase() === team.name.toLowerCase();
  if (others.some(({ name }) => isSame(name))) {
    return { code: "conflict", message: `There is a team "${team.name}" already` };
  }
  return others.length >= MAX_TEAMS
    ? { code: "conflict", message: `There are ${MAX_TEAMS} teams already` }
    : null;
}

function announce(tx: Tx, principal: Principal, userIds: Iterable<string>): void {
  const actor = actorOf(principal);
  tx.emit({ type: "settings.changed", actor });
  announceAccess(tx, actor, userIds);
}
