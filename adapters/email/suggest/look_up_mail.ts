import type { DnsRecords, SuggestIo } from "../../../core/channel/mod.ts";
import type { ReadAddress } from "./mail_domain.ts";
import { providerOfDomain, providerOfMx } from "./find_provider.ts";
import type { MailFindings } from "./mail_findings.ts";
import type { MailServers, MailServerSettings } from "./mail_servers.ts";
import { readAutoconfig } from "./read_autoconfig.ts";
import { srvServers } from "./srv_servers.ts";

/** Second-level names under which domains are given out, as in "example.co.uk". */
const SHARED_SUFFIX = /\.(?:co|com|net|org|ac|gov|or|ne)\.[a-z]{2}$/;

/** Asks all who may know the servers of an address, at once. A provider's own domain needs no asking. */
export async function lookUpMail(
  { address, domain }: ReadAddress,
  io: SuggestIo,
): Promise<MailFindings> {
  const known = providerOfDomain(domain);
  if (known !== null) return { ...NOTHING, known };
  const query = `emailaddress=${encodeURIComponent(address)}`;
  const [autoconfig, wellKnown, listed, mx, srv, guessed] = await Promise.all([
    read(`https://autoconfig.${domain}/mail/config-v1.1.xml?${query}`),
    read(`https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`),
    readListed(domain),
    lookUpMx(),
    lookUpSrv(),
    guess(),
  ]);
  return { known, autoconfig, wellKnown, listed, srv, guessed, ...mx };

  async function read(url: string): Promise<MailServers | null> {
    const xml = await io.fetchText(url);
    return xml === null ? null : readAutoconfig(xml, address);
  }

  function readListed(name: string): Promise<MailServers | null> {
    return io.providersUrl === null ? Promise.resolve(null) : read(`${io.providersUrl}/${name}`);
  }

  async function lookUpMx(): Promise<Pick<MailFindings, "byMx" | "listedByMx">> {
    const hosts = (await records(io, domain, "MX"))
      .toSorted((a, b) => a.preference - b.preference)
      .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ""));
    const byMx = providerOfMx(hosts);
    const base = baseDomain(hosts[0] ?? "");
    const isElsewhere = base !== null && base !== baseDomain(domain);
    const listedByMx = byMx === null && isElsewhere ? await readListed(base) : null;
    return { byMx, listedByMx };
  }

  async function lookUpSrv(): Promise<MailServers | null> {
    const [imaps, imap, submissions, submission] = await Promise.all([
      records(io, `_imaps._tcp.${domain}`, "SRV"),
      records(io, `_imap._tcp.${domain}`, "SRV"),
      records(io, `_submissions._tcp.${domain}`, "SRV"),
      records(io, `_submission._tcp.${domain}`, "SRV"),
    ]);
    return srvServers({ imaps, imap, submissions, submission }, address);
  }

  /** The names mail servers have almost everywhere; whether they let anybody in, the test shows. */
  async function guess(): Promise<MailServers | null> {
    const [imap, smtp, mail] = await Promise.all(
      ["imap", "smtp", "mail"].map(async (name) =>
        (await records(io, `${name}.${domain}`, "A")).length > 0 ? `${name}.${domain}` : null
      ),
    );
    const imapHost = imap ?? mail ?? null;
    const smtpHost = smtp ?? mail ?? null;
    if (imapHost === null) return null;
    const server = (host: string, port: number): MailServerSettings => ({
      host,
      port,
      security: "tls",
      user: address,
    });
    return {
      label: null,
      imap: server(imapHost, 993),
      smtp: smtpHost === null ? null : server(smtpHost, 465),
      signIn: ["password"],
    };
  }
}

const NOTHING: Omit<MailFindings, "known"> = {
  byMx: null,
  autoconfig: null,
  wellKnown: null,
  listed: null,
  listedByMx: null,
  srv: null,
  guessed: null,
};

async function records<T extends keyof DnsRecords>(
  { dns, signal }: Pick<SuggestIo, "dns" | "signal">,
  name: string,
  type: T,
): Promise<readonly DnsRecords[T][]> {
  const found = await dns(name, type, signal);
  return found.ok ? found.value : [];
}

/** "mailbaan.example" of "mx1.eu.mailbaan.example"; null for what has no such part. */
function baseDomain(host: string): string | null {
  const words = host.split(".");
  const count = SHARED_SUFFIX.test(host) ? 3 : 2;
  return words.length < count || !/^[a-z0-9.-]{4,253}$/.test(host)
    ? null
    : words.slice(-count).join(".");
}
