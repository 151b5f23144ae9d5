import type { MailServers, MailServerSettings, SignInKind } from "./mail_servers.ts";
import { childOf, readXml, type XmlElement } from "./read_xml.ts";

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const MAX_LABEL_LENGTH = 60;

/**
 * Reads a provider's settings as mail programs fetch them (`config-v1.1.xml`). Servers that do not encrypt, and
 * passwords that are only accepted from a provider's own programs, are passed over.
 * @returns null when it is no such file, or names no IMAP server that can be used
 */
export function readAutoconfig(xml: string, address: string): MailServers | null {
  const root = readXml(xml);
  const provider = root === null ? null : childOf(root, "emailProvider");
  if (provider === null) return null;
  const incoming = provider.children.filter(({ name, attributes }) =>
    name === "incomingServer" && attributes.type === "imap"
  );
  const outgoing = provider.children.filter(({ name, attributes }) =>
    name === "outgoingServer" && attributes.type === "smtp"
  );
  const imap = best(incoming, address);
  if (imap === null) return null;
  const label = childOf(provider, "displayShortName")?.text ||
    childOf(provider, "displayName")?.text || provider.attributes.id || "";
  return {
    label: oneLine(label) || null,
    imap: imap.server,
    smtp: best(outgoing, address)?.server ?? null,
    signIn: imap.signIn,
  };
}

interface Read {
  readonly server: MailServerSettings;
  readonly signIn: readonly SignInKind[];
}

/** The first that encrypts from the start, else the first that can encrypt. */
function best(elements: readonly XmlElement[], address: string): Read | null {
  const usable = elements.map((element) => readServer(element, address))
    .filter((read) => read !== null);
  return usable.find(({ server }) => server.security === "tls") ?? usable[0] ?? null;
}

function readServer(element: XmlElement, address: string): Read | null {
  const textOf = (name: string) => childOf(element, name)?.text ?? "";
  const host = fill(textOf("hostname"), address).toLowerCase();
  const port = Number(textOf("port"));
  const security = SECURITY[textOf("socketType").toUpperCase()];
  const user = fill(textOf("username") || "%EMAILADDRESS%", address);
  const isUsable = HOST.test(host) && Number.isInteger(port) && port > 0 && port < 65_536 &&
    /^[^\p{Cc}]{1,320}$/u.test(user);
  if (security === undefined || !isUsable) return null;
  const kinds = element.children.filter(({ name }) => name === "authentication")
    .map(({ text }) => text.toLowerCase());
  const isPassword = kinds.length === 0 ||
    kinds.some((kind) => PASSWORD_KINDS.has(kind));
  return { server: { host, port, security, user }, signIn: isPassword ? ["password"] : [] };
}

const SECURITY: Readonly<Record<string, MailServerSettings["security"] | undefined>> = {
  SSL: "tls",
  STARTTLS: "starttls",
};
const PASSWORD_KINDS = new Set(["password-cleartext", "plain", "password-encrypted", "secure"]);

function fill(text: string, address: string): string {
  const at = address.lastIndexOf("@");
  return text.replaceAll("%EMAILADDRESS%", () => address)
    .replaceAll("%EMAILLOCALPART%", () => address.slice(0, at))
    .replaceAll("%EMAILDOMAIN%", () => address.slice(at + 1));
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, " ").trim().slice(0, MAX_LABEL_LENGTH);
}
