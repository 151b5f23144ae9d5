/** A visitor's message on its way in: checked, recognised when it comes again, stored by ingest in one commit. */
import type { MessageEvent } from "../channel/mod.ts";
import { findMessage, findMessageAs } from "../conversations/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { type AttachmentRecord, keys } from "../store/mod.ts";
import { teamReadMarks } from "./history.ts";
import type {
  Posted,
  Visitor,
  VisitorMessage,
  VisitorMessageInput,
  VisitorsContext,
} from "./types.ts";
import { messageView } from "./views.ts";
import { readUpTo } from "./visible.ts";
import type { VisitorChannel } from "./visitor_channels.ts";

export interface IncomingMessage {
  readonly channel: VisitorChannel;
  readonly visitor: Visitor;
  /** Where it goes. */
  readonly hint: MessageEvent["hints"][number];
  readonly input: VisitorMessageInput;
}

/** Errors: invalid; conflict when the id was used for another message. */
export function takeMessage(
  context: VisitorsContext,
  incoming: IncomingMessage,
): Promise<Result<Posted, CoreError>> {
  return context.attachments.taking(incoming.input.attachmentIds, () => take(context, incoming));
}

async function take(
  context: VisitorsContext,
  incoming: IncomingMessage,
): Promise<Result<Posted, CoreError>> {
  const { visitor, input } = incoming;
  const externalId = `${visitor.id}:${input.id}`;
  const bodyHash = hashOf(incoming);

  // Files belong to the first message by now, so a repetition is looked for before they are; without any, ingest does.
  const seen = (input.attachmentIds?.length ?? 0) > 0
    ? await findMessageAs((key) => context.store.get(key), visitor.channelId, externalId)
    : null;
  if (seen !== null) return await replay(context, input, bodyHash, seen);

  const files = await checkContent(context, incoming);
  if (!files.ok) return files;
  const event = messageEvent(incoming, externalId, files.value, context.ports.clock.now());
  const result = await context.ingest(visitor.channelId, event, {
    bodyHash,
    channel: incoming.channel.channel,
  });
  switch (result.kind) {
    case "stored":
      return ok({ message: await messageView(context, result.message, NOBODY), isReplay: false });
    case "duplicate":
      return await replay(context, input, bodyHash, result);
    case "updated":
    case "early":
    case "ignored":
      throw new Error(`Cannot take a visitor's message: ingest answered "${result.kind}"`);
  }
}

/** Whose the files are that this visitor uploads. */
export function uploaderOf(visitor: Visitor) {
  return { kind: "visitor", visitorId: visitor.id, channelId: visitor.channelId } as const;
}

interface Stored {
  readonly messageId: string;
}

async function replay(
  context: VisitorsContext,
  { id }: VisitorMessageInput,
  bodyHash: string,
  first: Stored & { readonly bodyHash?: string },
): Promise<Result<Posted, CoreError>> {
  return first.bodyHash === bodyHash
    ? ok({ message: await readStored(context, first), isReplay: true })
    : err({ code: "conflict", message: `The id "${id}" was used for another message.` });
}

/** Nobody of the team can have read what was just written. */
const NOBODY = 0;

async function readStored(
  context: VisitorsContext,
  { messageId }: Stored,
): Promise<VisitorMessage> {
  const message = await findMessage((key) => context.store.get(key), messageId);
  if (message === null) throw new Error("Cannot read a visitor's message: it was just stored");
  const conversation = await context.store.get(keys.conversation(message.conversationId));
  const marks = conversation === null ? [] : await teamReadMarks(context.store, conversation);
  return await messageView(context, message, readUpTo([], marks));
}

async function checkContent(
  { attachments }: VisitorsContext,
  { channel, visitor, input }: IncomingMessage,
): Promise<Result<readonly AttachmentRecord[], CoreError>> {
  const { text = "", attachmentIds = [], payload } = input;
  if (text.trim() === "" && attachmentIds.length === 0 && payload === undefined) {
    return err(invalid("text", "is needed when there is no file"));
  }
  if (text.length > channel.maxTextLength) {
    return err(invalid("text", `takes ${channel.maxTextLength} characters at most`));
  }
  if (attachmentIds.length > channel.maxFiles) {
    return err(invalid("attachmentIds", `takes ${channel.maxFiles} files at most`));
  }
  const by = uploaderOf(visitor);
  const files: AttachmentRecord[] = [];
  for (const [i, id] of attachmentIds.entries()) {
    const file = await attachments.ownedBy(by, id);
    if (file === null) return err(invalid(`attachmentIds.${i}`, "names no file of this visitor"));
    files.push(file);
  }
  return ok(files);
}

function messageEvent(
  { visitor, hint, input }: IncomingMessage,
  externalId: string,
  files: readonly AttachmentRecord[],
  now: number,
): MessageEvent {
  const { text = "", payload } = input;
  return {
    type: "message",
    externalId,
    occurredAt: now,
    direction: "in",
    sender: {
      identities: identitiesOf(visitor),
      ...visitor.name !== null && { name: visitor.name },
    },
    hints: [hint],
    parts: [
      ...text === "" ? [] : [{ kind: "text" as const, text }],
      ...files.map(({ id, name, type }) => ({
        kind: "media" as const,
        name,
        type,
        attachmentId: id,
      })),
    ],
    clientId: input.id,
    ...payload !== undefined && { payload },
    ...hint.by === "thread" && visitor.page !== null && { referral: visitor.page },
  };
}

/** Strongest first. A site's id of a person counts on its channel only: two sites may use the same one. */
function identitiesOf({ id, channelId, sub, email, phone }: Visitor) {
  const proven = (kind: string, value: string | null) =>
    value === null ? [] : [{ kind, value, verified: true }];
  return [
    ...proven("external", sub === null ? null : `${channelId}:${sub}`),
    ...proven("visitor", id),
    ...proven("email", email),
    ...proven("phone", phone),
  ];
}

/** Over what makes two messages the same; a fixed order of fields makes it one text. */
function hashOf({ hint, input }: IncomingMessage): string {
  const target = hint.by === "conversation" ? hint.conversationId : null;
  const { text = "", attachmentIds = [], payload = null } = input;
  return sha256(JSON.stringify([target, text, attachmentIds, payload]));
}
