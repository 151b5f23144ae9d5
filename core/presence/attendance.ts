/**
 * Who has which conversation open, and what they do there. In memory only: never in the log, gone with the process.
 * Somebody with several tabs counts once. Whoever is there says so again and again, so that a crash heals.
 */
import { can, type Principal } from "../access/mod.ts";
import type { Presence } from "../events/mod.ts";
import type { Clock, Ports } from "../ports.ts";

/** How long a sign counts, in ms: a crashed browser is gone after that. */
export const VIEWING_MS = 35_000;
/** Browsers let the timers of a hidden tab run once a minute only. */
export const IDLE_MS = 100_000;
/** As long as a sign of typing to the customer. */
const TYPING_MS = 6_000;
/** Listeners hear of a conversation at most this often. */
export const REPEAT_MS = 2_000;
/** Tabs that count: of all, and of one person; more only cost memory. */
const MAX_TABS = 20_000;
const MAX_TABS_OF_ONE = 50;

/** What somebody does, the liveliest first. */
export type HereState = "typing" | "drafting" | "viewing" | "idle";
/** What a tab says. `typing` is for the team's eyes: also a comment, also where the customer is not told. */
export type TabSign = "viewing" | "typing" | "idle" | "left";

/** Somebody of the team in a conversation. */
export interface PersonHere {
  readonly id: string;
  readonly name: string;
  readonly state: HereState;
}
/** Where somebody is: for other processes. */
export interface PlaceOfPerson extends PersonHere {
  readonly conversationId: string;
  readonly inboxId: string;
}

/** The part of a principal that has eyes. */
export type UserPrincipal = Extract<Principal, { type: "user" }>;

interface Tab {
  readonly conversationId: string;
  readonly inboxId: string;
  readonly principal: UserPrincipal;
  readonly isIdle: boolean;
  readonly until: number;
  readonly typingUntil: number;
}

export interface AttendanceOptions {
  readonly ports: { readonly clock: Clock; readonly alarm: Ports["alarm"] };
  /** Who types, as the customer may see it too. */
  readonly typing: Pick<Presence, "typists" | "onTyping">;
  /** The caller as of now; null when their session ended. */
  readonly refresh: (principal: Principal) => Promise<Principal | null>;
}

export class Attendance {
  readonly #options: AttendanceOptions;
  /** By person, tab and conversation; in the order of their last signs. */
  readonly #tabs = new Map<string, Tab>();
  readonly #tabsOf = new Map<string, Set<string>>();
  /** Conversations by who has an unsent message there, as far as this process was told. */
  readonly #drafting = new Map<string, Set<string>>();
  readonly #remote = new Map<string, { until: number; places: readonly PlaceOfPerson[] }>();
  readonly #listeners = new Set<(conversationId: string) => void>();
  readonly #toldAt = new Map<string, number>();
  readonly #untold = new Set<string>();
  readonly #stopTyping: () => void;
  #cancelAlarm: (() => void) | null = null;
  #alarmAt = Infinity;

  constructor(options: AttendanceOptions) {
    this.#options = options;
    this.#stopTyping = options.typing.onTyping(({ who, conversationId }) => {
      if (who.type === "user") this.#changed(conversationId);
    });
  }

  /** A tab says what its user does. @param tab unique among the user's */
  say(
    where: { readonly conversationId: string; readonly inboxId: string },
    principal: UserPrincipal,
    tab: string,
    sign: TabSign,
  ): void {
    const { conversationId, inboxId } = where;
    const key = `${principal.user.id} ${tab} ${conversationId}`;
    const before = this.#tabs.get(key);
    const state = this.#stateOf(conversationId, principal.user.id);
    if (sign === "left") this.#drop(key);
    else {
      const now = this.#now();
      const isIdle = sign === "idle";
      if (before === undefined && this.#tabs.size >= MAX_TABS) return;
      this.#tabs.delete(key);
      this.#tabs.set(key, {
        conversationId,
        inboxId,
        principal,
        isIdle,
        until: now + (isIdle ? IDLE_MS : VIEWING_MS),
        typingUntil: sign === "typing" ? now + TYPING_MS : isIdle ? 0 : before?.typingUntil ?? 0,
      });
      const own = this.#tabsOf.get(principal.user.id) ?? new Set();
      this.#tabsOf.set(principal.user.id, own.add(key));
      const [oldest] = own;
      if (own.size > MAX_TABS_OF_ONE && oldest !== undefined) this.#leave(oldest);
    }
    if (state !== this.#stateOf(conversationId, principal.user.id)) this.#changed(conversationId);
    this.#schedule();
  }

  /** Whether a user is among the people of a conversation, by this process. */
  has(conversationId: string, userId: string): boolean {
    return this.#tabsIn(conversationId, userId).length > 0;
  }

  /** A user has an unsent message in a conversation, or has no more. */
  setDrafting(conversationId: string, userId: string, isDrafting: boolean): void {
    const users = this.#drafting.get(conversationId) ?? new Set();
    if (users.has(userId) === isDrafting) return;
    if (isDrafting) this.#drafting.set(conversationId, users.add(userId));
    else users.delete(userId);
    if (users.size === 0) this.#drafting.delete(conversationId);
    if (this.has(conversationId, userId)) this.#changed(conversationId);
  }

  /** Everybody in a conversation, each once, in the order of their names. */
  peopleIn(conversationId: string): readonly PersonHere[] {
    const people = new Map<string, PersonHere>();
    const add = ({ id, name, state }: PersonHere) => {
      const known = people.get(id);
      if (known === undefined || RANK[state] < RANK[known.state]) {
        people.set(id, { id, name, state });
      }
    };
    for (const { principal: { user } } of this.#tabsIn(conversationId)) {
      const state = this.#stateOf(conversationId, user.id);
      if (state !== null) add({ id: user.id, name: user.name, state });
    }
    for (const { type, id, name } of this.#options.typing.typists(conversationId)) {
      if (type === "user") add({ id, name, state: "typing" });
    }
    const now = this.#now();
    for (const { until, places } of this.#remote.values()) {
      if (until <= now) continue;
      for (const place of places) if (place.conversationId === conversationId) add(place);
    }
    return [...people.values()].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  }

  /** The inbox somebody found a conversation in; null when nobody is there. */
  inboxOf(conversationId: string): string | null {
    const [tab] = this.#tabsIn(conversationId);
    if (tab !== undefined) return tab.inboxId;
    for (const { places } of this.#remote.values()) {
      const place = places.find((one) => one.conversationId === conversationId);
      if (place !== undefined) return place.inboxId;
    }
    return null;
  }

  /** Ids of the conversations somebody is in. */
  conversationIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { conversationId } of this.#tabs.values()) ids.add(conversationId);
    for (const { places } of this.#remote.values()) {
      for (const { conversationId } of places) ids.add(conversationId);
    }
    return ids;
  }

  /** Who is where by this process, for the others. */
  localPlaces(): readonly PlaceOfPerson[] {
    const places = new Map<string, PlaceOfPerson>();
    for (const { conversationId, inboxId, principal: { user } } of this.#tabs.values()) {
      const state = this.#stateOf(conversationId, user.id);
      if (state === null) continue;
      places.set(`${conversationId} ${user.id}`, {
        conversationId,
        inboxId,
        id: user.id,
        name: user.name,
        state,
      });
    }
    return [...places.values()];
  }

  /** Another process says who is where. @param until it is believed */
  setRemote(process: string, places: readonly PlaceOfPerson[], until: number): void {
    const before = this.#remote.get(process)?.places ?? [];
    if (places.length === 0) this.#remote.delete(process);
    else this.#remote.set(process, { until, places });
    const left = new Map(before.map((place) => [keyOf(place), place]));
    for (const place of places) {
      const known = left.get(keyOf(place));
      left.delete(keyOf(place));
      if (known?.state !== place.state) this.#changed(place.conversationId);
    }
    for (const { conversationId } of left.values()) this.#changed(conversationId);
    this.#schedule();
  }

  /** Calls `listener` with each conversation whose people changed; returns a function that ends it. */
  onChange(listener: (conversationId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sessions, memberships or roles changed: whoever may not be there any more is not. */
  async checkAccess(): Promise<void> {
    const asked = new Map<string, Promise<Principal | null>>();
    for (const [key, { principal, inboxId }] of [...this.#tabs]) {
      const now = asked.get(principal.sessionHash) ?? this.#options.refresh(principal);
      asked.set(principal.sessionHash, now);
      const caller = await now;
      if (caller === null || !can(caller, "conversation.read", { inboxId })) this.#leave(key);
    }
  }

  /** Drops the timer and everybody. */
  stop(): void {
    this.#stopTyping();
    this.#cancelAlarm?.();
    this.#cancelAlarm = null;
    this.#tabs.clear();
    this.#tabsOf.clear();
    this.#remote.clear();
    this.#listeners.clear();
  }

  #stateOf(conversationId: string, userId: string): HereState | null {
    const tabs = this.#tabsIn(conversationId, userId);
    if (tabs.length === 0) return null;
    const now = this.#now();
    if (tabs.some(({ typingUntil }) => typingUntil > now)) return "typing";
    if (tabs.every(({ isIdle }) => isIdle)) return "idle";
    return this.#drafting.get(conversationId)?.has(userId) ? "drafting" : "viewing";
  }

  #tabsIn(conversationId: string, userId?: string): readonly Tab[] {
    const now = this.#now();
    const keys = userId === undefined ? this.#tabs.keys() : this.#tabsOf.get(userId) ?? [];
    const found: Tab[] = [];
    for (const key of keys) {
      const tab = this.#tabs.get(key);
      if (tab?.conversationId === conversationId && tab.until > now) found.push(tab);
    }
    return found;
  }

  #leave(key: string): void {
    const tab = this.#tabs.get(key);
    if (tab === undefined) return;
    this.#drop(key);
    this.#changed(tab.conversationId);
  }

  #drop(key: string): void {
    const tab = this.#tabs.get(key);
    if (tab === undefined) return;
    this.#tabs.delete(key);
    const { id } = tab.principal.user;
    const own = this.#tabsOf.get(id);
    own?.delete(key);
    if (own?.size === 0) this.#tabsOf.delete(id);
  }

  /** Tells of a conversation now, or as soon as it may be told of again. */
  #changed(conversationId: string): void {
    const toldAt = this.#toldAt.get(conversationId) ?? -Infinity;
    if (this.#now() - toldAt < REPEAT_MS) {
      this.#untold.add(conversationId);
      return this.#schedule();
    }
    this.#untold.delete(conversationId);
    this.#toldAt.set(conversationId, this.#now());
    for (const listener of this.#listeners) listener(conversationId);
  }

  #tick(): void {
    this.#cancelAlarm = null;
    this.#alarmAt = Infinity;
    const now = this.#now();
    for (const [key, tab] of [...this.#tabs]) {
      if (tab.until <= now) this.#leave(key);
      else if (tab.typingUntil > 0 && tab.typingUntil <= now) {
        this.#tabs.set(key, { ...tab, typingUntil: 0 });
        this.#changed(tab.conversationId);
      }
    }
    for (const [process, { until }] of [...this.#remote]) {
      if (until <= now) this.setRemote(process, [], now);
    }
    for (const conversationId of [...this.#untold]) this.#changed(conversationId);
    for (const [id, at] of [...this.#toldAt]) {
      if (now - at >= REPEAT_MS) this.#toldAt.delete(id);
    }
    this.#schedule();
  }

  /** Looks again when the next thing runs out. */
  #schedule(): void {
    let next = Infinity;
    const now = this.#now();
    for (const { until, typingUntil } of this.#tabs.values()) {
      next = Math.min(next, until, typingUntil > now ? typingUntil : Infinity);
    }
    for (const { until } of this.#remote.values()) next = Math.min(next, until);
    for (const id of this.#untold) {
      next = Math.min(next, (this.#toldAt.get(id) ?? now) + REPEAT_MS);
    }
    if (next >= this.#alarmAt) return;
    this.#cancelAlarm?.();
    this.#alarmAt = next;
    this.#cancelAlarm = next === Infinity
      ? null
      : this.#options.ports.alarm(next, () => this.#tick());
  }

  #now(): number {
    return this.#options.ports.clock.now();
  }
}

const RANK: Readonly<Record<HereState, number>> = { typing: 0, drafting: 1, viewing: 2, idle: 3 };

function keyOf({ conversationId, id }: PlaceOfPerson): string {
  return `${conversationId} ${id}`;
}
