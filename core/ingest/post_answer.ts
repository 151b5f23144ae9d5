import { actorOf, type Principal } from "../access/mod.ts";
import type { Attachments } from "../attachments/mod.ts";
import type { MessageEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { OwnWords } from "../mail_html/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type AnswerRefusal, isNews } from "../notifications/mod.ts";
import { postMessage, type PostServices } from "../outbox/mod.ts";
import { keys, type Store, type Tx } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { noteResult } from "./note_result.ts";

const MAX_ATTEMPTS = 5;

/** An answer by mail that may be posted. */
export interface ProvenAnswer {
  readonly event: MessageEvent;
  readonly options: IngestOptions;
  readonly id: string;
  readonly conversation: Conversation;
  /** The latest message the author of the answer knew of; -1 when nobody can tell. */
  readonly seenSeq: number;
  readonly own: OwnWords;
}

/**
 * Posts an answer through the outbox, with its checks and limits, in the commit that ends its delivery.
 * @returns why not, when it was not
 */
export async function postAnswer(
  context: CoreContext,
  services: PostServices,
  principal: Principal & { readonly type: "user" },
  { event, options, id, conversation, seenSeq, own }: ProvenAnswer,
): Promise<IngestResult | AnswerRefusal> {
  const { store, adapters } = context;
  const attachmentIds = await uploadFiles(services.attachments, principal, event, own);
  if (own.text === "" && attachmentIds.length === 0) return "empty";
  const isRich = adapters.get(conversation.channelType)?.capabilities.text.dialect === "html";
  const also = (tx: Tx, message: Message): void => {
    const { seq } = message;
    const conversationId = conversation.id;
    // Whoever answers has read what is answered.
    const userId = principal.user.id;
    tx.set(keys.readMark(userId, conversationId), seq);
    tx.emit({
      type: "conversation.read",
      actor: actorOf(principal),
      conversationId,
      inboxId: conversation.inboxId,
      userId,
      seq,
    });
    options.also?.(tx, stored(message));
  };
  const input = {
    id,
    kind: "reply" as const,
    ...isRich && own.html !== null ? { html: own.html } : { text: own.text },
    ...attachmentIds.length === 0 ? {} : { attachmentIds },
    undoSeconds: 0,
  };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const now = await store.get(keys.conversation(conversation.id)) ?? conversation;
    const { version } = now;
    if (await hasNews(store, now, seenSeq, principal.user.id)) return "news";
    const posted = await postMessage(
      context,
      services,
      principal,
      conversation.id,
      { ...input, ifVersion: version },
      { origin: originOf(event, options), also },
    );
    if (posted.ok) {
      const { message, isReplay } = posted.value;
      return isReplay
        ? await noteResult(store, options, { ...stored(message), kind: "duplicate" })
        : stored(message);
    }
    switch (posted.error.code) {
      case "version_conflict":
        // Who wrote at this moment may be themselves: another mail of theirs.
        continue;
      case "forbidden":
      case "not_found":
        return "no_right";
      default:
        return "refused";
    }
  }
  return "news";
}

function stored(message: Message) {
  const { conversationId, id, seq } = message;
  return { kind: "stored" as const, conversationId, messageId: id, seq, message };
}

function originOf(event: MessageEvent, { journalId }: IngestOptions) {
  const by = event.verdict?.by ?? "";
  return {
    trace: [{ step: "answered_by_mail", detail: `By mail; ${by} vouches for the sender` }],
    ...journalId === undefined ? {} : { journalId },
  };
}

/** Somebody wrote whom the author of an answer had not read. */
async function hasNews(
  store: Pick<Store, "list">,
  conversation: Pick<Conversation, "id" | "lastSeq">,
  seenSeq: number,
  userId: string,
): Promise<boolean> {
  const range = keys.messagesOf(conversation, seenSeq + 1);
  for await (const { value } of store.list(range)) if (isNews(value, userId)) return true;
  return false;
}

/** Their files, but for the pictures of signature and quote. */
async function uploadFiles(
  attachments: Attachments,
  principal: Principal,
  event: MessageEvent,
  own: OwnWords,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const part of event.parts) {
    if (part.kind !== "media" || part.bytes === undefined) continue;
    if (part.contentId !== undefined && own.droppedImages.has(part.contentId)) continue;
    const { name, type } = part;
    // A view of the parsed mail: the store takes bytes of their own.
    const bytes = new Uint8Array(part.bytes);
    const file = await attachments.upload({ kind: "principal", principal }, { name, type, bytes });
    if (!file.ok) throw new RangeError(`Cannot keep a file of an answer: ${file.error.code}`);
    ids.push(file.value.id);
  }
  return ids;
}
