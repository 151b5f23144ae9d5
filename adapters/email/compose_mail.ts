import {
  fillTemplate,
  type OutboundAttachment,
  type OutboundPart,
} from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { isAddress, type NamedAddress } from "./mail_addresses.ts";
import { textAsHtml } from "./text_as_html.ts";

/** Relays refuse long header blocks. */
const MAX_REFERENCES_LENGTH = 1_500;

const AUTOMATIC = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

/** Everything that goes into the headers of a mail. */
export interface MailHeaders {
  readonly from: NamedAddress;
  readonly replyTo: NamedAddress | null;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly subject: string;
  /** This and the next two without brackets. */
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** Epoch ms. */
  readonly date: number;
  /** Written by a machine: says so (RFC 3834), so that machines do not answer. */
  readonly isAutomatic?: boolean;
}

export interface MailContent {
  readonly text: string;
  readonly html: string;
  readonly attachments:
    readonly (Omit<OutboundAttachment, "bytes" | "id" | "publicUrl" | "size"> & {
      readonly content: Uint8Array;
    })[];
}

/** The bytes of a mail: text and HTML as alternatives, inline images beside the HTML, files after both. */
export async function composeMail(
  headers: MailHeaders,
  content: MailContent,
): Promise<Uint8Array> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { message } = await transport.sendMail({
    from: mailbox(headers.from),
    to: headers.to.map(mailbox),
    cc: headers.cc.map(mailbox),
    ...headers.replyTo === null ? {} : { replyTo: mailbox(headers.replyTo) },
    subject: oneLine(headers.subject),
    messageId: `<${headers.messageId}>`,
    date: new Date(headers.date),
    ...headers.inReplyTo === null ? {} : { inReplyTo: `<${headers.inReplyTo}>` },
    references: headers.references.map((id) => `<${id}>`),
    ...headers.isAutomatic ? { headers: automaticHeaders(headers) } : {},
    text: content.text,
    html: content.html,
    attachments: content.attachments.map((file) => ({
      filename: oneLine(file.name),
      contentType: file.type,
      content: Buffer.from(file.content),
      ...file.contentId === undefined
        ? {}
        : { cid: oneLine(file.contentId), contentDisposition: "inline" as const },
    })),
  });
  if (!(message instanceof Uint8Array)) throw new TypeError("Cannot compose mail: no bytes came");
  return message;
}

/**
 * Text and HTML of a reply, with its signature and what it quotes below.
 * @param signature the mailbox's template, for what nobody signed: its lines without a writer's name
 * @param code a class for all of the HTML, by which an answer that quotes it is known
 */
export function replyBody(
  part: Pick<OutboundPart, "text" | "html" | "email">,
  signature: string | undefined,
  history: { readonly text: string; readonly html: string } = { text: "", html: "" },
  code = "",
): { readonly text: string; readonly html: string } {
  const below = part.email?.signature ?? fillTemplate(signature ?? "", {});
  const html = part.html ?? textAsHtml(part.text);
  const texts = [part.text];
  const htmls = [html];
  if (below !== "") {
    texts.push(`-- \n${below}`);
    htmls.push(`<div class="parley_signature">${textAsHtml(below)}</div>`);
  }
  if (history.text !== "") {
    texts.push(history.text);
    htmls.push(history.html);
  }
  const whole = htmls.join("\n<br>\n");
  return {
    text: texts.join("\n\n"),
    html: code === "" ? whole : `<div class="parley_letter ${code}">\n${whole}\n</div>`,
  };
}

/** The sender as customers see it: the agent's name with the brand's, or either alone. */
export function senderName(authorName: string, config: Pick<EmailConfig, "fromName">): string {
  const [author, brand] = [oneLine(authorName), oneLine(config.fromName ?? "")];
  if (author === "" || author === brand) return brand;
  return brand === "" ? author : `${author} (${brand})`;
}

/** The first id, which began the thread, and as many of the latest as fit in {@link MAX_REFERENCES_LENGTH}. */
export function trimReferences(ids: readonly string[]): readonly string[] {
  // deno-lint-ignore no-control-regex -- control characters are exactly what is refused
  const usable = [...new Set(ids)].filter((id) => /^[^\u0000-\u0020\u007f<>]{1,250}$/.test(id));
  const [first, ...rest] = usable;
  if (first === undefined) return [];
  const kept: string[] = [];
  let length = first.length + 3;
  for (const id of rest.toReversed()) {
    length += id.length + 3;
    if (length > MAX_REFERENCES_LENGTH) break;
    kept.unshift(id);
  }
  return [first, ...kept];
}

/** Line breaks and other control characters would start a header of their own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

/** Addresses that could not stand in a header, or null when all can. */
export function invalidAddress(addresses: readonly NamedAddress[]): string | null {
  return addresses.find(({ address }) => !isAddress(address))?.address ?? null;
}

function mailbox({ name, address }: NamedAddress): { name: string; address: string } {
  return { name: oneLine(name), address };
}

/** Says that a machine wrote it: RFC 3834, and what Exchange and older responders look for. */
export function automaticHeaders(
  { inReplyTo }: Pick<MailHeaders, "inReplyTo">,
): Readonly<Record<string, string>> {
  return inReplyTo === null
    ? AUTOMATIC
    : { ...AUTOMATIC, "Auto-Submitted": "auto-replied", "Precedence": "auto_reply" };
}
