/** What the core needs from outside. Tests pass fakes; `main.ts` passes the real ones. */

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
}
/** Sends one of Parley's own mails; throws when it cannot. */
export type SystemMailer = (mail: SystemMail, signal: AbortSignal) => Promise<void>;

/** What may be missing on a platform. */
export interface Platform {
  /** Built-in SMTP receiver. */
  readonly canListen: boolean;
  /** Long-lived outgoing sockets (IMAP IDLE, SMTP). */
  readonly canConnect: boolean;
}

/** All that the core needs of the outside. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Log;
  readonly alarm: Alarm;
  readonly fetch: typeof fetch;
  /** Addresses of a host name, for the private-host check. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly platform: Platform;
  /** Absent when neither PARLEY_SMTP_URL nor PARLEY_MAIL_API is set. */
  readonly systemMailer?: SystemMailer;
}
