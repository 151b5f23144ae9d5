import { clip } from "../../clip.ts";
import { applyPatch, eventLine, previewOfMessage } from "../../conversations/mod.ts";
import { displayName } from "../../contacts/mod.ts";
import { afterInbound } from "../../ingest/mod.ts";
import type { Channel } from "../../model/channel.ts";
import type { Contact } from "../../model/contact.ts";
import type { Conversation } from "../../model/conversation.ts";
import type { AttachmentRef, EmailFields, Message } from "../../model/message.ts";
import type { User } from "../../model/user.ts";
import { afterPost } from "../../outbox/mod.ts";
import type { Ids } from "../../ports.ts";
import type { MemberKey, SeedConversation, SeedFile, SeedPatch, SeedStep } from "./plan.ts";

/** What a planned conversation becomes part of. */
export interface ThreadContext {
  readonly channel: Channel;
  /** Its address, for mailboxes. */
  readonly address: string | null;
  readonly contact: Contact;
  /** The visitor at the widget, for chat. */
  readonly visitorId: string | null;
  readonly members: ReadonlyMap<MemberKey, User>;
  readonly number: number;
  /** A new id whose time is `at`. */
  id(prefix: string, at: number): string;
}

/** A file before its size is known. */
export type FileRef = Pick<AttachmentRef, "id" | "name" | "type">;

export interface BuiltThread {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  readonly files: readonly {
    readonly ref: FileRef;
    readonly messageId: string;
    readonly at: number;
    readonly file: SeedFile;
  }[];
}

/** Lives through a planned conversation with the rules that commands follow. Pure but for the ids it draws. */
export function buildThread(plan: SeedConversation, context: ThreadContext): BuiltThread {
  const first = plan.steps[0]?.at ?? 0;
  const messages: Message[] = [];
  const files: BuiltThread["files"][number][] = [];
  let row = emptyRow(plan, context, first);
  for (const step of plan.steps) {
    const { at } = step;
    if (step.kind === "change") {
      const { after, events } = applyPatch(row, patchOf(step.patch, context), at);
      const by = memberOf(context, step.by);
      const actor = { type: "user", id: by.id, name: by.name } as const;
      // What one triage writes, one commit wrote: the lines follow each other.
      const ids: Ids = { next: (prefix) => context.id(prefix, at) };
      events.forEach((event, i) =>
        messages.push(
          eventLine(ids.next("msg"), after, row.lastSeq + 1 + i, named(event, context), actor, at),
        )
      );
      row = after;
      continue;
    }
    const id = context.id("msg", at);
    const refs = (step.kind === "inbound" ? step.files ?? [] : []).map((file, index) => {
      const ref = {
        id: `${id.replace(/^msg_/, "att_")}_${index}`,
        name: file.name,
        type: file.kind === "picture" ? "image/png" : "text/plain",
      };
      files.push({ ref, messageId: id, at, file });
      return ref;
    });
    const base = { id, conversationId: row.id, seq: row.lastSeq + 1, createdAt: at, trace: [] };
    if (step.kind === "inbound") {
      const message = inbound(plan, step, context, messages, { ...base, attachments: refs });
      messages.push(message);
      row = afterInbound(row, {
        seq: message.seq,
        preview: previewOfMessage(message),
        automatic: step.isAutomatic ?? false,
        isBlocked: false,
        contactName: row.contactName,
      }, at);
      continue;
    }
    const message = outbound(plan, step, context, messages, base);
    messages.push(message);
    const isReply = step.kind === "reply";
    row = afterPost(row, message, {
      isReply: isReply && message.status !== "scheduled",
      assigneeId: isReply ? memberOf(context, step.by).id : null,
    }, at);
    if (message.status === "failed") row = { ...row, failedMessageId: id };
  }
  return { conversation: row, messages, files };
}

type NewMessage = Pick<
  Message,
  "id" | "conversationId" | "seq" | "createdAt" | "trace"
>;

function inbound(
  plan: SeedConversation,
  step: Extract<SeedStep, { kind: "inbound" }>,
  context: ThreadContext,
  before: readonly Message[],
  { attachments, ...base }: NewMessage & {
    readonly attachments: readonly FileRef[];
  },
): Message {
  const { contact, address } = context;
  const clientId = base.id.replace(/^msg_/, "seed-");
  return {
    ...base,
    kind: "inbound",
    author: { type: "contact", id: contact.id, name: displayName(contact) },
    text: step.text,
    ...step.html === undefined ? {} : { html: step.html },
    hasHtml: step.html !== undefined,
    // Sizes are known once the files are drawn.
    attachments: attachments.map((ref) => ({ ...ref, size: 0 })),
    status: "received",
    trace: before.length > 0
      ? [{ step: "conversation_matched", detail: address === null ? "The chat" : "In-Reply-To" }]
      : [{
        step: "contact_matched",
        detail: `Known by ${address === null ? "their browser" : `email ${contact.emails[0]}`}`,
      }],
    ...address === null ? { clientId, externalId: `${context.visitorId}:${clientId}` } : {
      email: mailOf(plan, context, before, base.id, "in"),
      externalId: messageIdOf(base.id, "in"),
    },
  };
}

function outbound(
  plan: SeedConversation,
  step: Extract<SeedStep, { kind: "reply" | "comment" }>,
  context: ThreadContext,
  before: readonly Message[],
  base: NewMessage,
): Message {
  const by = memberOf(context, step.by);
  const message: Message = {
    ...base,
    kind: step.kind,
    author: { type: "user", id: by.id, name: by.name },
    text: step.text,
    hasHtml: false,
    attachments: [],
    status: "sent",
  };
  if (step.kind === "comment") return message;
  const { outcome } = step;
  const email = context.address === null
    ? {}
    : { email: mailOf(plan, context, before, base.id, "out") };
  switch (outcome.status) {
    case "scheduled":
      return { ...message, ...email, status: "scheduled", sendAt: outcome.sendAt };
    case "failed": {
      const { code, message: words } = outcome;
      return { ...message, ...email, status: "failed", error: { code, message: words } };
    }
    default:
      return {
        ...message,
        ...email,
        status: outcome.status,
        sentAt: step.at + 900,
        ...context.address === null ? {} : { externalId: messageIdOf(base.id, "out") },
      };
  }
}

function messageIdOf(id: string, direction: "in" | "out"): string {
  return `${id.replace(/^msg_/, "")}@${direction === "in" ? "mail.example" : "veloce.example"}`;
}

function mailOf(
  plan: SeedConversation,
  { contact, address }: ThreadContext,
  before: readonly Message[],
  id: string,
  direction: "in" | "out",
): EmailFields {
  const theirs = { name: contact.name, address: contact.emails[0] ?? "" };
  const ours = { name: "Veloce", address: address ?? "" };
  const chain = before.flatMap(({ externalId }) => externalId === undefined ? [] : [externalId]);
  const subject = chain.length === 0 ? plan.subject : `Re: ${plan.subject}`;
  return {
    from: direction === "in" ? theirs : ours,
    to: [direction === "in" ? ours : theirs],
    cc: [],
    bcc: [],
    replyTo: [],
    subject,
    messageId: messageIdOf(id, direction),
    inReplyTo: chain.at(-1) ?? null,
    references: chain.slice(-10),
    senderVerified: direction === "out" || !plan.readBy.includes("anna"),
  };
}

function emptyRow(plan: SeedConversation, context: ThreadContext, at: number): Conversation {
  const { channel, contact } = context;
  return {
    id: context.id("cnv", at),
    number: context.number,
    inboxId: channel.inboxId,
    channelId: channel.id,
    channelType: channel.type,
    contactId: contact.id,
    contactName: displayName(contact),
    subject: clip(plan.subject, 200),
    preview: "",
    previewKind: "inbound",
    status: "open",
    statusAt: at,
    assigneeId: null,
    teamId: null,
    tags: [],
    priority: null,
    snoozedUntil: null,
    waitingSince: null,
    createdAt: at,
    updatedAt: at,
    lastMessageAt: at,
    version: 0,
    lastSeq: 0,
    lastUnreadSeq: 0,
    failedMessageId: null,
  };
}

function patchOf({ assignee, ...rest }: SeedPatch, context: ThreadContext) {
  if (assignee === undefined) return rest;
  return { ...rest, assigneeId: assignee === null ? null : memberOf(context, assignee).id };
}

function named(event: NonNullable<Message["event"]>, { members }: ThreadContext) {
  if (event.type !== "assigned") return event;
  const nameOf = (id: string | null) => [...members.values()].find((one) => one.id === id)?.name;
  const [fromName, toName] = [nameOf(event.from), nameOf(event.to)];
  return {
    ...event,
    ...fromName === undefined ? {} : { fromName },
    ...toName === undefined ? {} : { toName },
  };
}

function memberOf({ members }: ThreadContext, key: MemberKey): User {
  const found = members.get(key);
  if (found === undefined) throw new RangeError(`Cannot find member "${key}"`);
  return found;
}
