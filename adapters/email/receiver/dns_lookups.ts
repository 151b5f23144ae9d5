import { type Clock, type Dns, type DnsRecords, unreachable } from "../../../core/channel/mod.ts";

/** Answers are believed for so long, whatever their own time to live. */
const KEPT_MS = 5 * 60_000;
const MAX_KEPT = 2_000;

type Answer = Awaited<ReturnType<Dns>>;

/** A resolver in the shape of node's: throws an error with a code where there is no answer. */
export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

/** Questions to name servers whose answers are kept in memory; the same question is not asked twice at once. */
export class DnsLookups {
  readonly #dns: Dns;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly at: number; readonly answer: Answer }>();

  constructor(dns: Dns, clock: Clock) {
    this.#dns = dns;
    this.#clock = clock;
  }

  /** @param maxQuestions after which it answers as if nobody did */
  forOneMail(maxQuestions: number, signal: AbortSignal): Resolver {
    const asked = new Map<string, Promise<Answer>>();
    return async (name, given) => {
      const type = KINDS.find((one) => one === given.toUpperCase());
      if (type === undefined || name.length > 253) throw failure("ENODATA", name);
      const question = `${name.toLowerCase()} ${type}`;
      if (!asked.has(question)) {
        if (signal.aborted || asked.size >= maxQuestions) throw failure("ETIMEOUT", name);
        asked.set(question, this.#ask(name, type, question, signal));
      }
      const answer = await untilAborted(asked.get(question), signal);
      if (answer === null) throw failure("ETIMEOUT", name);
      if (!answer.ok) throw failure(answer.error === "not_found" ? "ENODATA" : "ETIMEOUT", name);
      return asNodeSays(type, answer.value);
    };
  }

  async #ask(
    name: string,
    type: keyof DnsRecords,
    question: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const now = this.#clock.now();
    const kept = this.#kept.get(question);
    if (kept !== undefined && now - kept.at < KEPT_MS) return kept.answer;
    this.#kept.delete(question);
    const answer = await this.#dns(name, type, signal);
    // That nobody answered is no answer.
    if (answer.ok || answer.error === "not_found") {
      const [oldest] = this.#kept.keys();
      if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
      this.#kept.set(question, { at: now, answer });
    }
    return answer;
  }
}

const KINDS = ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"] as const;

function asNodeSays(type: typeof KINDS[number], records: readonly unknown[]) {
  switch (type) {
    case "TXT":
      // A record is a list of strings there.
      return records.map((text) => [String(text)]);
    case "MX":
      // mailauth's types leave mail exchangers out, which it reads as node gives them.
      return records.map((record) => ({ ...record as DnsRecords["MX"] })) as unknown as string[];
    case "A":
    case "AAAA":
    case "CNAME":
    case "PTR":
      return records.map(String);
    default:
      return unreachable(type);
  }
}

/** Null when it is aborted before the answer comes. */
function untilAborted(
  answer: Promise<Answer> | undefined,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (answer === undefined || signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const stop = () => resolve(null);
    signal.addEventListener("abort", stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function failure(code: "ENODATA" | "ETIMEOUT", name: string): Error {
  return Object.assign(new Error(`${code} ${name.slice(0, 253)}`), { code });
}
