import type { SuggestedSecret, SuggestedWay, Suggestion } from "../../../core/channel/mod.ts";
import { google, microsoft } from "../oauth/mod.ts";
import { chooseServers } from "./choose_servers.ts";
import type { FoundBy, FoundServers, MailFindings } from "./mail_findings.ts";
import type { MailServers, MailServerSettings, SignInKind } from "./mail_servers.ts";

/** What this deployment has for mail of its own. */
export interface OwnMail {
  /** It takes mail forwarded to it: its receiver listens and has a domain. */
  readonly canReceive: boolean;
  /** It has a way to send by itself. */
  readonly canSend: boolean;
}

/** What is suggested for an address, from what was found out. Pure. */
export function suggestMailSettings(
  address: string,
  findings: MailFindings,
  own: OwnMail,
): Suggestion {
  const found = chooseServers(address, findings);
  const ways = [
    ...found === null ? [] : oauthWays(address, found),
    ...found === null ? [] : passwordWays(address, found, own),
    ...own.canReceive ? [forwardWay(address, found, own)] : [],
    byHand(address, found),
  ];
  return { address, found: inWords(found), ways };
}

/** How it was found, for the person who typed the address. */
function inWords(found: FoundServers | null): string {
  if (found === null) return "Nothing was found for this address: fill in its servers";
  const { label } = found.servers;
  return label === null ? `${SOURCES[found.by]}: IMAP and SMTP` : `${SOURCES[found.by]}: ${label}`;
}

const SOURCES: Readonly<Record<FoundBy, string>> = {
  known: "Known by its domain",
  mx: "Found by its mail records",
  autoconfig: "Found on its mail provider's site",
  well_known: "Found on its own site",
  listed: "Found in the list of mail providers",
  srv: "Found by its service records",
  guessed: "Guessed from the usual names",
};

/** Signing in at the provider itself, with an app of this deployment. */
function oauthWays(address: string, { servers }: FoundServers): SuggestedWay[] {
  const kind = servers.signIn.find((one) => one === "oauth_google" || one === "oauth_microsoft");
  const { imap, smtp } = servers;
  if (kind === undefined || smtp === null) return [];
  const { id, label } = APPS[kind];
  return [{
    id: kind,
    title: `Sign in with ${label}`,
    help: "",
    config: {
      address,
      inbound: { kind: "imap", ...loginOf(imap), signIn: "oauth" },
      outbound: { kind: "smtp", ...loginOf(smtp), signIn: "oauth" },
      ...trustOf(imap.host),
    },
    summary: `${hostOf(imap)}, ${hostOf(smtp)}`,
    asks: [],
    appKind: id,
    isComplete: true,
  }];
}

const APPS = {
  oauth_google: { id: google.id, label: google.label },
  oauth_microsoft: { id: microsoft.id, label: microsoft.label },
} as const;

function passwordWays(address: string, found: FoundServers, own: OwnMail): SuggestedWay[] {
  const { servers, provider } = found;
  const kind = servers.signIn.find((one) => one === "password" || one === "app_password");
  if (kind === undefined) return [];
  const sends = outboundOf(servers, own);
  const label = SECRETS[kind];
  return [{
    id: kind,
    title: kind === "password" ? "Sign in with the password" : "Sign in with an app password",
    help: provider?.help ?? "",
    ...provider?.helpUrl === undefined ? {} : { helpUrl: provider.helpUrl },
    config: {
      address,
      inbound: { kind: "imap", ...loginOf(servers.imap) },
      outbound: sends.config,
      ...trustOf(servers.imap.host),
    },
    summary: [hostOf(servers.imap), sends.summary].filter((text) => text !== "").join(", "),
    asks: [{ label, paths: ["inbound.password", ...sends.secretPaths] }],
    isComplete: sends.isComplete,
  }];
}

const SECRETS: Readonly<Record<Extract<SignInKind, "password" | "app_password">, string>> = {
  password: "Password",
  app_password: "App password",
};

/** Mail is forwarded to Parley, for groups, aliases and mailboxes that let no program in. */
function forwardWay(address: string, found: FoundServers | null, own: OwnMail): SuggestedWay {
  const isPassword = found?.servers.signIn.some((kind) => kind.endsWith("password")) ?? false;
  const sends = own.canSend
    ? SYSTEM
    : isPassword && found !== null
    ? outboundOf(found.servers, own)
    : UNKNOWN;
  const asks: SuggestedSecret[] = sends.secretPaths.length === 0
    ? []
    : [{ label: "Password for sending", paths: sends.secretPaths }];
  return {
    id: "forward",
    title: "Forward mail here",
    help:
      "For groups, aliases and mailboxes that let no program in. Your provider forwards what comes to an address " +
      "that Parley shows next.",
    config: { address, inbound: { kind: "receiver" }, outbound: sends.config },
    summary: sends.summary,
    asks,
    isComplete: sends.isComplete,
  };
}

function byHand(address: string, found: FoundServers | null): SuggestedWay {
  const help = found?.provider?.signIn.some((kind) => kind.endsWith("password")) === false
    ? found.provider.help ?? ""
    : "";
  return {
    id: "manual",
    title: "Fill in the settings",
    help,
    config: { address },
    summary: "",
    asks: [],
    isComplete: false,
  };
}

interface Sends {
  readonly config: Readonly<Record<string, unknown>>;
  readonly summary: string;
  readonly secretPaths: readonly string[];
  readonly isComplete: boolean;
}

const SYSTEM: Sends = {
  config: { kind: "system" },
  summary: "sent by Parley's own mail server",
  secretPaths: [],
  isComplete: true,
};
const UNKNOWN: Sends = {
  config: { kind: "smtp" },
  summary: "",
  secretPaths: [],
  isComplete: false,
};

/** By the mailbox's own server; where nobody knows it, by Parley's. */
function outboundOf({ smtp }: MailServers, own: OwnMail): Sends {
  if (smtp === null) return own.canSend ? SYSTEM : UNKNOWN;
  return {
    config: { kind: "smtp", ...loginOf(smtp) },
    summary: hostOf(smtp),
    secretPaths: ["outbound.password"],
    isComplete: true,
  };
}

function loginOf({ host, port, security, user }: MailServerSettings) {
  return { host, port, security, user };
}

function hostOf({ host, port }: MailServerSettings): string {
  return `${host}:${port}`;
}

/** Where the server for incoming mail says by which name it checks senders. */
function trustOf(imapHost: string): { readonly authservId?: string } {
  return imapHost === "imap.gmail.com" ? { authservId: "mx.google.com" } : {};
}
