import { MAIL_PROVIDERS, type MailProvider, type ProviderServer } from "./mail_providers.ts";
import { MAIL_RELAYS } from "./relays.ts";
import type { MailServers, MailServerSettings } from "./mail_servers.ts";

/** The provider an address is at, by its domain; subdomains count where the provider gives them out. */
export function providerOfDomain(domain: string): MailProvider | null {
  return MAIL_PROVIDERS.find(({ domains }) =>
    domains.some((one) => domain === one || domain.endsWith(`.${one}`))
  ) ?? null;
}

/** The provider a domain's mail goes to. @param hosts of its MX records, the preferred first */
export function providerOfMx(hosts: readonly string[]): MailProvider | null {
  for (const host of hosts) {
    const found = MAIL_PROVIDERS.find(({ mx }) =>
      mx.some((one) => host === one || host.endsWith(`.${one}`))
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** A provider's servers, with the name this address signs in with. */
export function serversOf(provider: MailProvider, address: string): MailServers {
  return {
    label: provider.label,
    imap: serverFor(provider.imap, address),
    smtp: serverFor(provider.smtp, address),
    signIn: provider.signIn,
  };
}

/** What a server's operator wants for signing in, where that is known; null otherwise. */
export function signInHelp(
  { host, port }: Pick<MailServerSettings, "host" | "port">,
): { readonly text: string; readonly url?: string } | null {
  // What runs on this machine is told apart by its port.
  const isServer = (server: ProviderServer) =>
    server.host === host && (host !== "127.0.0.1" || server.port === port);
  const provider = MAIL_PROVIDERS.find(({ imap, smtp, help }) =>
    help !== undefined && (isServer(imap) || isServer(smtp))
  );
  if (provider?.help !== undefined) {
    const { help, helpUrl } = provider;
    return { text: help, ...helpUrl === undefined ? {} : { url: helpUrl } };
  }
  const relay = MAIL_RELAYS.find((one) => isHost(one.host, host));
  return relay === undefined ? null : { text: relay.help };
}

function isHost(pattern: string, host: string): boolean {
  const words = host.split(".");
  const places = pattern.split(".");
  return words.length === places.length &&
    places.every((place, i) => place === "*" || place === words[i]);
}

function serverFor(
  { host, port, security, user }: ProviderServer,
  address: string,
): MailServerSettings {
  const local = address.slice(0, address.lastIndexOf("@"));
  return { host, port, security, user: user === "address" ? address : local };
}
