import type { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import type { AuthenticateResult } from "mailauth";
import { isPrivateAddress, type ListenDesk } from "../../../core/channel/mod.ts";
import { DnsLookups } from "./dns_lookups.ts";
import { checkableMail } from "./checkable_mail.ts";

/** All of it; the sender's server waits for an answer for minutes. In ms. */
const CHECK_TIMEOUT_MS = 15_000;
/** More questions than any honest mail needs. */
const MAX_QUESTIONS = 60;
/** Hashed in one go: 25 MiB would hold up everybody for a fifth of a second. */
const PIECE_BYTES = 256 * 1024;

/** Who handed a mail over. */
export interface MailClient {
  readonly address: string;
  /** As it introduced itself. */
  readonly name: string;
  readonly envelopeFrom: string;
}

type CheckDesk = Pick<ListenDesk, "clock" | "alarm" | "log" | "dns" | "breathe">;

/** Checks the senders of mails that come to a server of ours. Its answers from name servers are kept for a while. */
export class SenderCheck {
  readonly #desk: CheckDesk;
  readonly #lookups: DnsLookups;
  readonly #ownName: string;

  /** @param ownName of the server: results are given under it */
  constructor(desk: CheckDesk, ownName: string) {
    this.#desk = desk;
    this.#lookups = new DnsLookups(desk.dns, desk.clock);
    this.#ownName = ownName;
  }

  /**
   * SPF, DKIM and DMARC of a mail, in the words of an Authentication-Results header (RFC 8601). What name servers do not
   * answer in time is a "temperror", which nobody is punished for.
   * @returns null when the mail could not be checked at all
   */
  async check(mail: Uint8Array, client: MailClient): Promise<string | null> {
    const { clock, alarm, log, breathe } = this.#desk;
    const stopped = new AbortController();
    const cancel = alarm(clock.now() + CHECK_TIMEOUT_MS, () => stopped.abort());
    try {
      const checkable = checkableMail(mail);
      if (checkable === null) return null;
      const { authenticate } = await import("mailauth");
      const isRelayed = isPrivateAddress(client.address);
      const checked = await authenticate(Readable.from(piecesOf(checkable, breathe)), {
        // Behind a relay or a proxy of one's own, nobody knows which address the mail came from.
        ...isRelayed ? {} : { ip: client.address },
        helo: client.name,
        sender: client.envelopeFrom,
        mta: this.#ownName,
        trustReceived: false,
        rejectRsaSha1: true,
        disableArc: true,
        disableBimi: true,
        resolver: this.#lookups.forOneMail(MAX_QUESTIONS, stopped.signal),
      });
      return resultsOf(checked, this.#ownName, isRelayed);
    } catch (error) {
      log("warn", "sender not checked", { code: error instanceof Error ? error.name : "unknown" });
      return null;
    } finally {
      cancel();
      stopped.abort();
    }
  }
}

async function* piecesOf(mail: Buffer, breathe: () => Promise<void>): AsyncGenerator<Buffer> {
  for (let at = 0; at < mail.length; at += PIECE_BYTES) {
    if (at > 0) await breathe();
    yield mail.subarray(at, at + PIECE_BYTES);
  }
}

function resultsOf({ spf, dkim, dmarc }: AuthenticateResult, by: string, isRelayed: boolean) {
  const results: string[] = [by];
  const add = (method: string, result: string, about: Readonly<Record<string, string>>) => {
    const properties = Object.entries(about).filter(([, value]) => /^[\w.-]{1,255}$/.test(value));
    results.push(
      [`${method}=${result}`, ...properties.map((pair) => pair.join("="))].join(" "),
    );
  };
  const spfResult = isRelayed || spf === false ? "none" : spf.status.result;
  add("spf", spfResult, spf === false ? {} : { "smtp.mailfrom": spf.domain ?? "" });
  const signatures = dkim.results ?? [];
  for (const { status, signingDomain, selector } of signatures) {
    add("dkim", status.result, {
      "header.d": String(signingDomain || ""),
      "header.s": String(selector || ""),
    });
  }
  if (dmarc === false) {
    // No author, or several of different domains.
    add("dmarc", "permerror", {});
    return results.join("; ");
  }
  const isUnsure = isRelayed || spfResult === "temperror" ||
    signatures.some(({ status }) => status.result === "temperror");
  const { result, header } = dmarc.status;
  // Words below those that were signed are anybody's.
  const isPartly = dmarc.alignment?.spf?.result === undefined &&
    Number(dmarc.alignment?.dkim?.underSized ?? 0) > 0;
  add("dmarc", result === "fail" && isUnsure ? "temperror" : isPartly ? "policy" : result, {
    "header.from": header?.from ?? "",
    "policy.p": result === "fail" && !isUnsure ? String(dmarc.policy ?? "") : "",
  });
  return results.join("; ");
}
