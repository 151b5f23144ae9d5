/** What one address may do, and all of them together. */
export interface PeerLimits {
  /** Connections at once, of one address. */
  readonly connections: number;
  /** Connections begun in a minute, of one address. */
  readonly connectionsPerMinute: number;
  /** Mails begun in a minute, of one address. */
  readonly mailsPerMinute: number;
}

/** Windows kept at once; beyond it those that are over are dropped, and then the oldest. */
const MAX_WINDOWS = 20_000;
const MINUTE_MS = 60_000;

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Counts what each address does. In memory: a refusal costs no write, and a restart forgives. */
export class PeerCounts {
  readonly #limits: PeerLimits;
  readonly #now: () => number;
  readonly #open = new Map<string, number>();
  readonly #windows = new Map<string, Window>();

  constructor(limits: PeerLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a connection until `leave`. False: too many, and it is not counted. */
  enter(peer: string): boolean {
    const open = this.#open.get(peer) ?? 0;
    if (open >= this.#limits.connections) return false;
    if (!this.#take(`connection ${peer}`, this.#limits.connectionsPerMinute)) return false;
    this.#open.set(peer, open + 1);
    return true;
  }

  leave(peer: string): void {
    const open = this.#open.get(peer) ?? 0;
    if (open > 1) this.#open.set(peer, open - 1);
    else this.#open.delete(peer);
  }

  /** Counts a mail. False: too many in this minute. */
  beginMail(peer: string): boolean {
    return this.#take(`mail ${peer}`, this.#limits.mailsPerMinute);
  }

  #take(key: string, limit: number): boolean {
    const now = this.#now();
    const window = this.#windows.get(key);
    if (window !== undefined && window.endsAt > now) return ++window.count <= limit;
    this.#windows.delete(key);
    if (this.#windows.size >= MAX_WINDOWS) this.#forget(now);
    this.#windows.set(key, { count: 1, endsAt: now + MINUTE_MS });
    return true;
  }

  #forget(now: number): void {
    for (const [key, { endsAt }] of this.#windows) {
      if (endsAt <= now) this.#windows.delete(key);
    }
    for (const key of this.#windows.keys()) {
      if (this.#windows.size < MAX_WINDOWS) break;
      this.#windows.delete(key);
    }
  }
}

/** Whom an IP address counts as: IPv6 networks of a house or a server (/64) are one peer. */
export function peerOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : Math.max(8 - before.length - after.length, 0);
  const groups = [...before, ...Array<string>(missing).fill("0"), ...after];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}
