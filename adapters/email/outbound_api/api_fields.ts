/** Pieces that several providers want alike. */
import { Buffer } from "node:buffer";
import { automaticHeaders, type MailContent, oneLine } from "../compose_mail.ts";
import { type NamedAddress } from "../mail_addresses.ts";
import { mailboxHeader } from "../mailbox_header.ts";
import type { ApiMail } from "./api_provider.ts";

/** The headers a provider is asked to take over as they are: the mail's id and thread. */
export function threadHeaders({ headers }: ApiMail): Readonly<Record<string, string>> {
  return {
    "Message-ID": `<${headers.messageId}>`,
    ...headers.inReplyTo === null ? {} : { "In-Reply-To": `<${headers.inReplyTo}>` },
    ...headers.references.length === 0
      ? {}
      : { References: headers.references.map((id) => `<${id}>`).join(" ") },
    ...headers.isAutomatic ? automaticHeaders(headers) : {},
  };
}

export function mailboxList(list: readonly NamedAddress[]): string {
  return list.map(mailboxHeader).join(", ");
}

/** Every address once, in the order To, Cc, Bcc. */
export function everyAddress({ headers, bcc }: ApiMail): readonly string[] {
  return [...new Set([...headers.to, ...headers.cc, ...bcc].map(({ address }) => address))];
}

/** A file as JSON takes it. */
export function encodedFile(file: MailContent["attachments"][number]) {
  return {
    name: oneLine(file.name) || "file",
    type: file.type,
    contentId: file.contentId === undefined ? null : oneLine(file.contentId),
    base64: Buffer.from(file.content).toString("base64"),
  };
}

/** An Authorization header. */
export function basicLogin(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
