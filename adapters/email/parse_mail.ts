import {
  type ChannelView,
  type Delivery,
  htmlToText,
  type InboundEvent,
  type MessageEvent,
  type ParseIo,
} from "../../core/channel/mod.ts";
import { decodeWords } from "postal-mime";
import { readAgentMail } from "./agent_mail.ts";
import { authorOf } from "./author.ts";
import { automaticBecause, isFromList } from "./automatic.ts";
import type { EmailConfig } from "./config.ts";
import { addressesIn } from "./mail_addresses.ts";
import { readInvite } from "./invite/mod.ts";
import { type MailBody, mailBody } from "./mail_body.ts";
import { laneOf } from "./mail_lane.ts";
import { LEFT_OUT_HEADER, TOO_LARGE } from "./left_out.ts";
import { mailDate } from "./mail_date.ts";
import { readOwnMessageId } from "./message_id.ts";
import { messageIdsIn } from "./message_ids.ts";
import {
  fieldValue,
  fieldValues,
  type HeaderField,
  mergeEncodedWords,
  parseMime,
} from "./mime/mod.ts";
import { readTestSubject } from "./setup/test_id.ts";
import { type Protection, readClearSigned, unwrapProtected } from "./protection/mod.ts";
import { readReport } from "./reports/mod.ts";
import { textAsHtml } from "./text_as_html.ts";
import { threadHints } from "./thread_hints.ts";
import { isVouchedFor, readVerdict } from "./verdict.ts";
import { weakHints } from "./weak_hints.ts";

const LIMITS = { maxDepth: 50, maxParts: 1_000, maxHeaderBytes: 1 << 20 };
/** Longer bodies are cut; the raw mail keeps all of it. */
const MAX_BODY_LENGTH = 1_000_000;
const MAX_SUBJECT_LENGTH = 500;
/** Stored with the message, so bounded. */
const MAX_REFERENCES_LENGTH = 4_000;
/** Of the adapter contract. */
const MAX_HINTS = 50;
/** One of these is in every mail; without any, the bytes are something else. */
const MAIL_HEADERS = new Set([
  ...["from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "sender"],
  ...["reply-to", "mime-version", "content-type", "delivered-to", "x-mailer", "in-reply-to"],
]);

type Note = NonNullable<MessageEvent["notes"]>[number];

/**
 * A raw mail as one message event. Total: a damaged mail gives what it still says, with notes about what is missing;
 * bytes that are no mail give `unparsable`. The same bytes and delivery headers give the same event.
 */
export async function parseMail(
  delivery: Delivery,
  channel: ChannelView<EmailConfig>,
  io: ParseIo,
): Promise<readonly InboundEvent[]> {
  const { root, problems } = parseMime(delivery.body, LIMITS);
  const { fields } = root;
  const domain = channel.config.address.split("@").at(-1) ?? "invalid";
  const givenId = messageIdsIn(fieldValue(fields, "message-id") ?? "")[0];
  const messageId = givenId ?? `gen-${await sha256(delivery.body)}@${domain}`;
  const date = mailDate(fieldValue(fields, "date"), delivery.receivedAt);
  if (!fields.some(({ name }) => MAIL_HEADERS.has(name))) {
    const reason = delivery.body.length === 0 ? "The body is empty" : "No mail header was found";
    return [{ type: "unparsable", externalId: messageId, occurredAt: delivery.receivedAt, reason }];
  }

  const envelopeFrom = delivery.headers["parley-envelope-from"] ?? null;
  const envelopeTo = delivery.headers["parley-envelope-to"] ?? null;
  const subject = headerText(fields, "subject").slice(0, MAX_SUBJECT_LENGTH);
  const fromAddress = addressesIn(fieldValues(fields, "from"))[0]?.address ?? null;
  const testId = await readTestSubject(subject, io);
  if (testId !== null) {
    return [{ type: "test", externalId: testId, occurredAt: delivery.receivedAt }];
  }
  const because = automaticBecause(fields, {
    fromAddress,
    replyTo: addressesIn(fieldValues(fields, "reply-to"))[0]?.address ?? null,
    subject,
    type: root.type,
  });
  const author = authorOf(fields, {
    ownAddress: channel.config.address,
    envelopeFrom,
    isFromMachine: because !== null && because !== "subject" || isFromList(fields),
    externalId: messageId,
  });
  const verdict = readVerdict(fields, {
    own: delivery.headers["parley-authentication-results"] ?? null,
    authservId: channel.config.authservId ?? null,
  });
  const own = await readOwnMessageId(messageId, io);
  const threads = await threadHints(fields, envelopeTo, channel.config, io);
  const unwrapped = unwrapProtected(root, LIMITS);
  const { body, protection } = inlineProtected(mailBody(unwrapped.root), unwrapped.protection);
  const content = await contentOf(body);
  const invite = body.calendar === null ? null : readInvite(body.calendar);
  const report = own === null
    ? await readReport(root, { fromAddress, subject, text: content.text }, io)
    : null;

  const agentMail = readAgentMail(fields, {
    messageId,
    envelopeTo,
    report: report?.delivery,
  });

  const weak = await weakHints(
    { root, html: content.html, subject, isReport: report !== null },
    channel.config,
    io,
  );
  const lane = laneOf(fields, {
    address: author.sender.identities.find(({ kind }) => kind === "email")?.value ?? null,
    subject,
    html: content.html,
  });

  const isTooLarge = delivery.headers[LEFT_OUT_HEADER] === TOO_LARGE;
  const notes: Note[] = [];
  const note = (step: string, detail: string) => notes.push({ step, detail });
  if (threads.isForged) note("reply_code_refused", "A reply code that is not ours was ignored");
  if (isTooLarge) note("too_large", "Too large to be fetched: only its header was");
  if (givenId === undefined) note("message_id_missing", "No usable Message-ID: one was made");
  if (date.problem !== null) note("date_replaced", `Date is ${date.problem}: the time it came`);
  if (author.note !== null) note("sender", author.note);
  if (author.isOwnAddress) note("own_address", "Sent from this mailbox's own address");
  if (because !== null) note("automatic_mail", `Known by: ${because}`);
  if (report !== null) note(report.note.step, report.note.detail);
  if (content.isCut) note("body_cut", "Too long to show whole: the raw mail has all of it");
  if (body.leftOut > 0) note("files_left_out", `${body.leftOut} files are in the raw mail only`);
  for (const problem of problems) note("damaged", problem.replaceAll("_", " "));

  return [{
    type: "message",
    externalId: messageId,
    occurredAt: date.at,
    direction: own === null ? "in" : "echo_own",
    ...own === null ? {} : { outboxId: own.outboxId },
    sender: author.sender,
    hints: [...threads.hints, ...report?.hints ?? [], ...weak].slice(0, MAX_HINTS),
    parts: [
      { kind: "text", text: content.text, ...content.html === "" ? {} : { html: content.html } },
      ...body.files.map(({ name, type, contentId, bytes }) => ({
        kind: "media" as const,
        name,
        type,
        ...contentId === null ? {} : { contentId },
        bytes,
      })),
    ],
    subject,
    email: {
      from: author.from,
      to: [...addressesIn(fieldValues(fields, "to"))],
      cc: [...addressesIn(fieldValues(fields, "cc"))],
      bcc: [...addressesIn(fieldValues(fields, "bcc"))],
      replyTo: [...author.replyTo],
      subject,
      messageId,
      inReplyTo: messageIdsIn(fieldValue(fields, "in-reply-to") ?? "")[0] ?? null,
      references: latestWithin(messageIdsIn(fieldValue(fields, "references") ?? "")),
      ...invite === null ? {} : { invite },
      senderVerified: isVouchedFor(verdict, author),
      ...protection === null ? {} : { protection },
    },
    ...channel.config.reopenDays === undefined ? {} : { reopenDays: channel.config.reopenDays },
    // A mailbox that writes to itself must never start a loop.
    ...lane === undefined ? {} : { lane },
    ...isTooLarge ? { isTooLarge } : {},
    ...verdict === null ? {} : { verdict },
    automatic: because !== null || author.isOwnAddress || report !== null,
    ...agentMail === null ? {} : { agentMail },
    ...report?.delivery === undefined ? {} : { report: report.delivery },
    notes,
  }];
}

/** PGP within the text of a body that has no HTML. */
function inlineProtected(
  body: MailBody,
  outer: Protection | null,
): { readonly body: MailBody; readonly protection: Protection | null } {
  let protection = outer;
  const pieces = body.pieces.map((piece) => {
    if (piece.html !== undefined) return piece;
    const read = readClearSigned(piece.text);
    protection ??= read.protection;
    return { text: read.text };
  });
  return { body: { ...body, pieces }, protection };
}

interface Content {
  readonly text: string;
  readonly html: string;
  readonly isCut: boolean;
}

/** The body as text and as HTML; either is made from the other where a piece came in one form only. */
async function contentOf({ pieces }: MailBody): Promise<Content> {
  const hasHtml = pieces.some(({ html }) => html !== undefined);
  const html = hasHtml
    ? pieces.map((piece) => piece.html ?? textAsHtml(piece.text ?? "")).join("\n")
    : "";
  const texts: string[] = [];
  for (const piece of pieces) {
    // An image has no words.
    if (piece.text === "") continue;
    texts.push(piece.text ?? await htmlToText((piece.html ?? "").slice(0, MAX_BODY_LENGTH)));
  }
  const text = texts.join("\n").trim();
  return {
    text: text.slice(0, MAX_BODY_LENGTH),
    html: html.slice(0, MAX_BODY_LENGTH),
    isCut: text.length > MAX_BODY_LENGTH || html.length > MAX_BODY_LENGTH,
  };
}

function headerText(fields: readonly HeaderField[], name: string): string {
  const text = decodeWords(mergeEncodedWords((fieldValue(fields, name) ?? "").slice(0, 16_384)));
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " ").replace(/\s+/g, " ").trim();
}

/** The latest ids that fit, oldest first. */
function latestWithin(ids: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const id of ids.toReversed()) {
    length += id.length;
    if (length > MAX_REFERENCES_LENGTH) break;
    kept.unshift(id);
  }
  return kept;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
