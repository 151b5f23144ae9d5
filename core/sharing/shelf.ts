import type { Principal } from "../access/mod.ts";
import { type CoreError, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import {
  type Key,
  type KeyRange,
  keys,
  type Reader,
  type Store,
  transact,
  type Tx,
} from "../store/mod.ts";
import { mayChange, maySee, type Shared, type TeamMembers } from "./may_see.ts";

/** What lies on a shelf. */
export interface ShelfItem extends Shared {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
}

/** An item as somebody sees it. */
export type Shown<T> = T & {
  readonly usedCount: number;
  /** Epoch ms; null: never. */
  readonly usedAt: number | null;
  /** The caller may change it. */
  readonly isEditable: boolean;
};

/** Who is in which team. */
export type ReadTeams = () => Promise<readonly TeamMembers[]>;

export interface ShelfOptions<T extends ShelfItem> {
  readonly store: Store;
  readonly teams: ReadTeams;
  /** For "not found". */
  readonly what: string;
  key(id: string): Key<T>;
  all(): KeyRange<T>;
}

/** What people made for themselves and each other, seen through their rights. */
export class Shelf<T extends ShelfItem> {
  readonly #options: ShelfOptions<T>;

  constructor(options: ShelfOptions<T>) {
    this.#options = options;
  }

  /** All the caller sees, by folder and name; what lies in no folder first. */
  async list(principal: Principal): Promise<readonly Shown<T>[]> {
    const { store, teams } = this.#options;
    const mine = await this.visible(store, principal, await teams());
    const uses = await store.getMany(mine.map(({ id }) => keys.usage(id)));
    return mine.map((item, n) => shown(principal, item, uses[n] ?? null)).sort((a, b) =>
      a.folder.localeCompare(b.folder, "en") || a.name.localeCompare(b.name, "en") ||
      (a.id < b.id ? -1 : 1)
    );
  }

  /** Those of all items the caller sees, in no order. */
  async visible(
    reader: Pick<Reader, "list"> | Pick<Tx, "list">,
    principal: Principal,
    teams: readonly TeamMembers[],
  ): Promise<readonly T[]> {
    const found: T[] = [];
    for await (const { value } of reader.list(this.#options.all())) {
      if (maySee(principal, teams, value)) found.push(value);
    }
    return found;
  }

  /** Errors: not_found. */
  async get(principal: Principal, id: string): Promise<Result<Shown<T>, CoreError>> {
    const { store, what, teams, key } = this.#options;
    const item = await store.get(key(id));
    if (item === null || !maySee(principal, await teams(), item)) return err(notFound(what));
    return ok(shown(principal, item, await store.get(keys.usage(id))));
  }

  /** An item that is about to be changed. Errors: not_found, forbidden. */
  async toChange(
    tx: Tx,
    principal: Principal,
    teams: readonly TeamMembers[],
    id: string,
  ): Promise<Result<T, CoreError>> {
    const { what, key } = this.#options;
    const item = await tx.get(key(id));
    if (item === null || !maySee(principal, teams, item)) return err(notFound(what));
    return mayChange(principal, item) ? ok(item) : err({ code: "forbidden" });
  }

  /** Errors: not_found, forbidden. */
  async remove(principal: Principal, id: string): Promise<Result<null, CoreError>> {
    const { store, key } = this.#options;
    const teams = await this.#options.teams();
    return await transact<Result<null, CoreError>>(store, async (tx) => {
      const found = await this.toChange(tx, principal, teams, id);
      if (!found.ok) return found;
      tx.delete(key(id));
      tx.delete(keys.usage(id));
      return ok(null);
    }, { queue: id });
  }

  /** Just written: nobody else saw it yet, or nothing about its use changed. */
  async afterWrite(
    principal: Principal,
    written: Result<T, CoreError>,
  ): Promise<Result<Shown<T>, CoreError>> {
    if (!written.ok) return written;
    const use = await this.#options.store.get(keys.usage(written.value.id));
    return ok(shown(principal, written.value, use));
  }
}

function shown<T extends ShelfItem>(
  principal: Principal,
  item: T,
  use: { readonly count: number; readonly at: number } | null,
): Shown<T> {
  return {
    ...item,
    usedCount: use?.count ?? 0,
    usedAt: use?.at ?? null,
    isEditable: mayChange(principal, item),
  };
}
