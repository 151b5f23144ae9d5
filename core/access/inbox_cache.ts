import type { Inbox } from "../model/inbox.ts";
import { membersOf } from "../model/members_of.ts";
import type { Team } from "../model/team.ts";
import { keys, type Reader } from "../store/mod.ts";

/**
 * All inboxes and teams, in memory: every request asks for its caller's memberships. Whoever changes one calls
 * {@link InboxCache.forget} after the commit; changes by other processes come through the change log.
 */
export class InboxCache {
  readonly #reader: Reader;
  #cached: Promise<Workplaces> | null = null;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Every inbox, oldest first. */
  async all(): Promise<readonly Inbox[]> {
    return (await this.#load()).inboxes;
  }

  /** Every team, by name. */
  async teams(): Promise<readonly Team[]> {
    return (await this.#load()).teams;
  }

  /** Ids of the inboxes a user works in, by themselves or by a team. */
  async idsOf(userId: string): Promise<ReadonlySet<string>> {
    const { inboxes, teams } = await this.#load();
    return new Set(
      inboxes.filter((one) => membersOf(one, teams).has(userId)).map(({ id }) => id),
    );
  }

  /** Ids of the teams a user belongs to. */
  async teamIdsOf(userId: string): Promise<readonly string[]> {
    const teams = await this.teams();
    return teams.filter(({ memberIds }) => memberIds.includes(userId)).map(({ id }) => id);
  }

  /** Makes the next question read the store; a read under way is not kept. */
  forget(): void {
    this.#cached = null;
  }

  #load(): Promise<Workplaces> {
    if (this.#cached) return this.#cached;
    const reading = this.#read();
    this.#cached = reading;
    // A failed read must not be kept. Whoever awaits it gets the error.
    reading.catch(() => {
      if (this.#cached === reading) this.#cached = null;
    });
    return reading;
  }

  async #read(): Promise<Workplaces> {
    const [inboxes, teams] = await Promise.all([
      Array.fromAsync(this.#reader.list(keys.inboxes()), ({ value }) => value),
      Array.fromAsync(this.#reader.list(keys.teams()), ({ value }) => value),
    ]);
    return {
      inboxes: inboxes.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
      teams: teams.sort((a, b) => a.name.localeCompare(b.name, "en")),
    };
  }
}

interface Workplaces {
  readonly inboxes: readonly Inbox[];
  readonly teams: readonly Team[];
}
