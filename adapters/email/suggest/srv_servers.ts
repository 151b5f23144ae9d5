import type { DnsRecords } from "../../../core/channel/mod.ts";
import type { MailServers, MailServerSettings } from "./mail_servers.ts";

type Srv = DnsRecords["SRV"];

/** A domain's SRV records for mail (RFC 6186, RFC 8314); none where it has none. */
export interface SrvRecords {
  readonly imaps: readonly Srv[];
  readonly imap: readonly Srv[];
  readonly submissions: readonly Srv[];
  readonly submission: readonly Srv[];
}

/** The servers named by SRV records; null without an IMAP server. */
export function srvServers(records: SrvRecords, address: string): MailServers | null {
  const imap = serverOf(records.imaps, "tls", address) ??
    serverOf(records.imap, "starttls", address);
  if (imap === null) return null;
  const smtp = serverOf(records.submissions, "tls", address) ??
    serverOf(records.submission, "starttls", address);
  return { label: null, imap, smtp, signIn: ["password"] };
}

/** The preferred one; a target of nothing says that there is no such service. */
function serverOf(
  records: readonly Srv[],
  security: MailServerSettings["security"],
  user: string,
): MailServerSettings | null {
  const [first] = records
    .filter(({ target, port }) => target !== "" && target !== "." && port > 0)
    .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
  if (first === undefined) return null;
  const host = first.target.toLowerCase().replace(/\.$/, "");
  return /^[a-z0-9.-]{1,253}$/.test(host) ? { host, port: first.port, security, user } : null;
}
