import type { MailServers } from "./mail_servers.ts";
import type { MailProvider } from "./mail_providers.ts";

/** What was found out about an address, source by source; null where one had nothing to say. */
export interface MailFindings {
  /** A provider whose own domain it is. With it, nothing else was asked. */
  readonly known: MailProvider | null;
  /** A known provider to which the domain's MX records lead. */
  readonly byMx: MailProvider | null;
  /** From autoconfig.<domain>. */
  readonly autoconfig: MailServers | null;
  /** From the domain's own site. */
  readonly wellKnown: MailServers | null;
  /** From the database of providers, under the domain itself. */
  readonly listed: MailServers | null;
  /** From the same database, under the domain of the MX record. */
  readonly listedByMx: MailServers | null;
  /** From the domain's SRV records. */
  readonly srv: MailServers | null;
  /** Servers of the usual names, which exist. */
  readonly guessed: MailServers | null;
}

/** How the servers were found, best first: the first that says something counts. */
export type FoundBy = "known" | "mx" | "autoconfig" | "well_known" | "listed" | "srv" | "guessed";

/** What is taken to be true about an address. */
export interface FoundServers {
  readonly by: FoundBy;
  readonly servers: MailServers;
  /** For the provider's help; null where only servers are known. */
  readonly provider: MailProvider | null;
}
