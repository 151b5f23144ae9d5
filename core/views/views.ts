import { z } from "zod";
import {
  actorOf,
  can,
  type InboxCache,
  nameInput,
  parseInput,
  type Principal,
  takeTurn,
} from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import { type View, ViewSharing, ViewSort } from "../model/view.ts";
import { ViewFilter } from "../model/view_filter.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { placeView } from "./place_view.ts";
import { readViews, type ViewCache } from "./view_cache.ts";
import { canChangeView, canSeeView, canShareView } from "./view_rights.ts";

/** All are read for each page, and numbered anew in one commit. */
const MAX_VIEWS = 300;
const MAX_NAME = 60;

const ViewInput = z.object({
  name: nameInput(MAX_NAME),
  filter: ViewFilter,
  /** Default: newest. */
  sort: z.optional(ViewSort),
  /** Default: private; of an API token: everyone. */
  sharing: z.optional(ViewSharing),
});
export type ViewInput = z.input<typeof ViewInput>;
const ViewPatch = ViewInput.partial().extend({
  /** Stands behind this view from now on; null: before all others. */
  afterId: z.string().nullable().optional(),
});
export type ViewPatch = z.input<typeof ViewPatch>;

/** Saved views. Whoever may not see a view is told that there is none. */
export interface Views {
  /** Those the caller sees, in their order. */
  list(principal: Principal): Promise<readonly View[]>;
  /** Errors: not_found. */
  get(principal: Principal, id: string): Promise<Result<View, CoreError>>;
  /** Stands last. Errors: invalid, forbidden, conflict. */
  create(principal: Principal, input: ViewInput, options?: Once): Promise<Result<View, CoreError>>;
  /** Errors: invalid, not_found, forbidden. */
  update(principal: Principal, id: string, patch: ViewPatch): Promise<Result<View, CoreError>>;
  /** Errors: not_found, forbidden. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
}

const QUEUE = { queue: "views" } as const;

/** Saved views over the store. */
export function createViews(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  cache: ViewCache,
  teams: Pick<InboxCache, "teams">,
): Views {
  /** Ids of the teams the caller may share with: their own, or all for who manages the workspace. */
  async function teamsOf(principal: Principal): Promise<ReadonlySet<string>> {
    const isManager = can(principal, "workspace.manage");
    const userId = principal.type === "user" ? principal.user.id : "";
    const own = (await teams.teams()).filter((team) =>
      isManager || team.memberIds.includes(userId)
    );
    return new Set(own.map(({ id }) => id));
  }

  /** The view, for whom it is theirs to change. */
  async function changeable(
    tx: Tx,
    principal: Principal,
    id: string,
  ): Promise<Result<View, CoreError>> {
    const view = await tx.get(keys.view(id));
    if (view === null || !canSeeView(principal, view, await teamsOf(principal))) {
      return err(notFound("view"));
    }
    return canChangeView(principal, view) ? ok(view) : err({ code: "forbidden" });
  }

  async function write<T>(
    work: (tx: Tx) => Promise<Result<T, CoreError>>,
  ): Promise<Result<T, CoreError>> {
    const done = await transact(store, work, QUEUE);
    cache.forget();
    return done;
  }

  return {
    async list(principal) {
      const teamIds = await teamsOf(principal);
      return (await cache.all()).filter((view) => canSeeView(principal, view, teamIds));
    },

    async get(principal, id) {
      const view = (await cache.all()).find((one) => one.id === id);
      return view !== undefined && canSeeView(principal, view, await teamsOf(principal))
        ? ok(view)
        : err(notFound("view"));
    },

    async create(principal, input, options = {}) {
      const parsed = parseInput(ViewInput, input);
      if (!parsed.ok) return parsed;
      const isUser = principal.type === "user";
      const { name, filter, sort = "newest" } = parsed.value;
      const { sharing = { kind: isUser ? "private" : "everyone" } as const } = parsed.value;
      if (!isUser && sharing.kind === "private") {
        return err(invalid("sharing", "needs somebody to be private to: an API token is nobody"));
      }
      if (!canShareView(principal, sharing, await teamsOf(principal))) {
        return err({ code: "forbidden" });
      }
      return await write((tx) =>
        once(tx, options, async () => {
          await takeTurn(tx, "views");
          const others = await readViews(tx);
          if (others.length >= MAX_VIEWS) {
            const message = `There are ${MAX_VIEWS} views already: delete some first`;
            return err({ code: "conflict", message });
          }
          const id = ports.ids.next("viw");
          const placed = placeView(id, others.at(-1)?.id ?? null, others)?.at(-1);
          const view: View = {
            id,
            name,
            filter,
            sort,
            sharing,
            ownerId: isUser ? principal.user.id : null,
            position: placed?.position ?? 0,
            createdAt: tx.now,
            updatedAt: tx.now,
          };
          tx.insert(keys.view(id), view);
          tx.emit({ type: "view.changed", actor: actorOf(principal) });
          return ok(view);
        })
      );
    },

    async update(principal, id, patch) {
      const parsed = parseInput(ViewPatch, patch);
      if (!parsed.ok) return parsed;
      const { afterId, name, filter, sort, sharing } = parsed.value;
      const teamIds = await teamsOf(principal);
      return await write(async (tx): Promise<Result<View, CoreError>> => {
        const found = await changeable(tx, principal, id);
        if (!found.ok) return found;
        const before = found.value;
        const isShared = sharing !== undefined && !isSameSharing(before.sharing, sharing);
        if (isShared && !mayBeShared(principal, before, sharing, teamIds)) {
          return err({ code: "forbidden" });
        }
        const changed: View = {
          ...before,
          ...name === undefined ? {} : { name },
          ...filter === undefined ? {} : { filter },
          ...sort === undefined ? {} : { sort },
          ...sharing === undefined ? {} : { sharing },
          updatedAt: tx.now,
        };
        const after = afterId === undefined ? ok(changed) : await move(tx, changed, afterId);
        if (!after.ok) return after;
        tx.set(keys.view(id), after.value);
        tx.emit({ type: "view.changed", actor: actorOf(principal) });
        return after;
      });
    },

    async remove(principal, id) {
      return await write(async (tx): Promise<Result<null, CoreError>> => {
        const found = await changeable(tx, principal, id);
        if (!found.ok) return found;
        tx.delete(keys.view(id));
        tx.emit({ type: "view.changed", actor: actorOf(principal) });
        return ok(null);
      });
    },
  };
}

/** Who left a team may still rename the view they share with it. */
function isSameSharing(a: ViewSharing, b: ViewSharing): boolean {
  return a.kind === b.kind && (a.kind !== "team" || b.kind !== "team" || a.teamId === b.teamId);
}

/** Nobody makes a view private that is another's: its owner would have it alone, whoever uses it. */
function mayBeShared(
  principal: Principal,
  before: View,
  sharing: ViewSharing,
  teamIds: ReadonlySet<string>,
): boolean {
  const isOwn = principal.type === "user" && principal.user.id === before.ownerId;
  return (isOwn || sharing.kind !== "private") && canShareView(principal, sharing, teamIds);
}

/** @returns the view at its new place; others that had to make room are written. Errors: invalid. */
async function move(
  tx: Tx,
  view: View,
  afterId: string | null,
): Promise<Result<View, CoreError>> {
  await takeTurn(tx, "views");
  const others = (await readViews(tx)).filter(({ id }) => id !== view.id);
  const placed = placeView(view.id, afterId, others);
  if (placed === null) return err(invalid("afterId", "is no other view"));
  for (const { id, position } of placed.slice(0, -1)) {
    const other = others.find((one) => one.id === id);
    if (other !== undefined) tx.set(keys.view(id), { ...other, position });
  }
  return ok({ ...view, position: placed.at(-1)?.position ?? view.position });
}
