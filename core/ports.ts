/** What the core needs from outside. Tests pass fakes; `main.ts` passes the real ones. */
import type { Result } from "./result.ts";

export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number;
}

/** Makes identifiers. */
export interface Ids {
  /** A new id such as `msg_01j…`: unique, and later ids sort after earlier ones of the same process. */
  next(prefix: string): string;
}

/** Where random bytes come from. */
export interface Random {
  /** Cryptographically strong random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** How much a log line matters. */
export type LogLevel = "debug" | "info" | "warn" | "error";
/** Structured log: an event name and fields. Never a secret, a token or message text. */
export type Log = (
  level: LogLevel,
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** Calls `run` once at about `at`; returns a function that cancels it. The only timer the core knows. */
export type Alarm = (at: number, run: () => void) => () => void;

/** Parley's own mail: invitations, resets, notifications. */
export interface SystemMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Where an answer goes; absent: nowhere in particular. */
  readonly replyTo?: string;
  /** Without brackets, as the next; absent: a random one. */
  readonly messageId?: string;
  /** Oldest first: mail programs show mails with the same ones together. */
  readonly references?: readonly string[];
}
/** Sends one of Parley's own mails; throws when it cannot. */
export type SystemMailer = (mail: SystemMail, signal: AbortSignal) => Promise<void>;

/** What name servers are asked for. */
export interface DnsRecords {
  readonly A: string;
  readonly AAAA: string;
  readonly CNAME: string;
  readonly MX: { readonly preference: number; readonly exchange: string };
  readonly PTR: string;
  readonly SRV: {
    readonly priority: number;
    readonly weight: number;
    readonly port: number;
    readonly target: string;
  };
  /** A record's strings joined into one. */
  readonly TXT: string;
}
/**
 * Asks for the records of a name; never none. `not_found`: there is no such name, or it has no such records;
 * `unavailable`: nobody could say now.
 */
export type Dns = <T extends keyof DnsRecords>(
  name: string,
  type: T,
  signal: AbortSignal,
) => Promise<Result<readonly DnsRecords[T][], "not_found" | "unavailable">>;
/** A server's answer as it comes. */
export interface PinnedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** As the server packed it. Cancel what is not read. */
  readonly body: ReadableStream<Uint8Array>;
}
/**
 * One request over a connection to the IP address given, whatever the name in the URL leads to by now. Follows no redirect,
 * sends no header but those given and what HTTP itself needs. Rejects when there is no answer or `signal` aborts, with a
 * message that begins "Cannot connect" when nothing was sent; the body fails when it ends before its length is reached.
 */
export type FetchAt = (url: URL, options: {
  readonly address: string;
  /** Default: GET. */
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}) => Promise<PinnedAnswer>;

/** What may be missing on a platform. */
export interface Platform {
  /** Built-in SMTP receiver. */
  readonly canListen: boolean;
  /** Long-lived outgoing sockets (IMAP IDLE, SMTP). */
  readonly canConnect: boolean;
}

/** A task for the side thread. Everything in it crosses by structured clone; bytes only as `ArrayBuffer`s. */
export interface SideTask {
  /** Name of a {@link SideProcedure}. */
  readonly work: string;
  readonly input: unknown;
  /** Buffers of the input that are handed over: they are empty here afterwards. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Answers what the procedure asks meanwhile. */
  readonly answer?: (question: unknown) => Promise<unknown>;
}
/** What the side thread can do, by name. `ask` puts a question to whoever gave the task. */
export type SideProcedure = (
  input: unknown,
  ask: (question: unknown) => Promise<unknown>,
) => Promise<{ readonly value: unknown; readonly transfer?: readonly ArrayBuffer[] }>;
/** Why a task came to nothing. */
export type SideTaskError =
  /** The procedure threw an error of this name. */
  | { readonly code: "threw"; readonly name: string }
  /** It ended its thread: no memory was left, or worse. */
  | { readonly code: "crashed" }
  | { readonly code: "too_slow" }
  /** No thread can be had: too many are held by tasks that were too slow. */
  | { readonly code: "unavailable" };

/**
 * A thread for what would hold up the one that answers requests: one task at a time, a new thread after one that was
 * lost. The caller need not trust what it runs.
 */
export interface SideThread extends AsyncDisposable {
  /** @throws Error when it was closed meanwhile */
  run(task: SideTask): Promise<Result<unknown, SideTaskError>>;
}

/** All that the core needs of the outside. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Log;
  readonly alarm: Alarm;
  /** Lets everybody else have a turn, in the middle of work that would hold up the thread. */
  readonly breathe: () => Promise<void>;
  readonly fetch: typeof fetch;
  /** For whatever was checked by its address: providers, and what strangers name. */
  readonly fetchAt: FetchAt;
  /** Addresses of a host name, for the private-host check. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly dns: Dns;
  readonly platform: Platform;
  /** Absent where there is none: everything is done in process. */
  readonly sideThread?: SideThread;
  /** Absent when neither PARLEY_SMTP_URL nor PARLEY_MAIL_API is set. */
  readonly systemMailer?: SystemMailer;
}
