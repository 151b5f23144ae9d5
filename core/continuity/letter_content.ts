import type { QuotedMail } from "../channel/mod.ts";
import { clip } from "../clip.ts";
import type { CoreContext } from "../context.ts";
import { findMessage, readText } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { AttachmentRef, Message } from "../model/message.ts";
import { splitQuotedText } from "../model/quoted_text.ts";
import type { LetterContent } from "../outbox/mod.ts";
import { keys, type VisitorRecord } from "../store/mod.ts";
import { isAllowedOrigin, isVisible } from "../visitors/mod.ts";
import { LINK_MS, makeChatLink, makeStopLink } from "./chat_links.ts";
import { addressOf } from "./chat_visitor.ts";
import { letterBody } from "./letter_body.ts";
import { letterWords } from "./letter_words.ts";

const MAX_TEXT = 20_000;
/** Files of one letter; the rest stays in the chat. Encoded they are larger by a third. */
const MAX_FILES_BYTES = 12 * 1024 * 1024;
/** How much of what was said before stands below. */
const MAX_EARLIER = 5;
const MAX_EARLIER_TEXT = 2_000;
const LOOK_BACK = 40;
const DAY_MS = 24 * 60 * 60_000;

/**
 * What a letter says: the answers it carries, with their files; links; and, for an address that is proven, what was said
 * before. What visitors wrote goes to nobody else: a mistyped address is somebody's.
 * @throws Error when the chat or its visitor is gone
 */
export async function letterContent(
  context: CoreContext,
  letter: Message,
  conversation: Conversation,
): Promise<LetterContent> {
  const { store } = context;
  const ids = letter.letter?.answerIds ?? [];
  const record = await store.get(keys.continuity(conversation.id));
  const visitor = record === null ? null : await store.get(keys.visitor(record.visitorId));
  if (visitor === null) throw new Error(`Cannot write letter "${letter.id}": no visitor`);
  const found = await Promise.all(ids.map((id) => findMessage((key) => store.get(key), id)));
  const replies = found.filter((one) => one !== null);
  const { words, isRightToLeft } = letterWords(visitor.locale ?? "");
  const files = fitFiles(replies);
  const texts = await Promise.all(replies.map((one) => readText(store, one, MAX_TEXT)));
  const companyName = await companyNameOf(context, conversation.channelId);
  const address = letter.event?.to ?? "";
  const reached = addressOf(visitor);
  const isProven = reached?.address === address && reached.isProven;
  const url = await chatUrl(context, letter, conversation, visitor, address);
  const body = letterBody({
    answers: replies.map((one, i) => ({
      authorName: one.author.type === "user" ? one.author.name : companyName,
      text: texts[i] ?? "",
      leftOut: one.attachments.filter((file) => !files.includes(file)).map(({ name }) => name),
    })),
    words,
    isRightToLeft,
    companyName,
    ...url,
    stopUrl: context.config.url === null
      ? null
      : `${context.config.url}/widget/${
        encodeURIComponent(conversation.channelId)
      }/stop?token=${await makeStopLink(store, conversation.channelId, address)}`,
  });
  const history = isProven ? await earlier(context, letter, replies, companyName) : [];
  return { ...body, attachments: files, history };
}

/** The company's name as its visitors see it. */
export async function companyNameOf(
  { store, adapters }: Pick<CoreContext, "store" | "adapters">,
  channelId: string,
): Promise<string> {
  const [channel, workspace] = await Promise.all([
    store.get(keys.channel(channelId)),
    store.get(keys.workspace()),
  ]);
  const title = channel === null
    ? undefined
    : adapters.get(channel.type)?.visitor?.publicConfig(channel.config)["title"];
  return typeof title === "string" && title !== "" ? title : workspace?.name || channel?.name || "";
}

/** Files that fit together, in their order. */
function fitFiles(replies: readonly Message[]): readonly AttachmentRef[] {
  let room = MAX_FILES_BYTES;
  return replies.flatMap(({ attachments }) => attachments).filter(({ size }) => {
    if (size > room) return false;
    room -= size;
    return true;
  });
}

/**
 * Where the chat goes on. A link that opens it is for visitors known by nothing but their browser; whom a site vouches
 * for signs in there, on the page where the chat began, if it is one of the channel's own.
 */
async function chatUrl(
  { store, config, adapters }: CoreContext,
  letter: Message,
  { id, channelId }: Conversation,
  visitor: VisitorRecord,
  address: string,
): Promise<{ readonly chatUrl: string | null; readonly chatUrlDays: number | null }> {
  const none = { chatUrl: null, chatUrlDays: null };
  if (visitor.sub !== null) {
    const channel = await store.get(keys.channel(channelId));
    const port = channel === null ? undefined : adapters.get(channel.type)?.visitor;
    const domains = channel === null ? [] : port?.allowedDomains(channel.config) ?? [];
    const page = visitor.page === undefined ? null : URL.parse(visitor.page);
    const isOurs = page !== null && domains.length > 0 && isAllowedOrigin(domains, page.origin);
    return isOurs ? { chatUrl: page.origin + page.pathname, chatUrlDays: null } : none;
  }
  if (config.url === null) return none;
  const link = { visitorId: visitor.id, conversationId: id, issuedAt: letter.createdAt };
  const token = await makeChatLink(store, channelId, address, link);
  // Behind "#": it stands in no server's log, and no page it leads to is told.
  const path = `/widget/${encodeURIComponent(channelId)}#continue=${token}`;
  return { chatUrl: config.url + path, chatUrlDays: LINK_MS / DAY_MS };
}

/** The last of what was said before these answers, the latest first. */
async function earlier(
  { store }: Pick<CoreContext, "store">,
  { conversationId, seq }: Message,
  answers: readonly Message[],
  companyName: string,
): Promise<readonly QuotedMail[]> {
  const first = Math.min(seq, ...answers.map((one) => one.seq));
  const before: Message[] = [];
  const range = keys.messagesBetween(conversationId, 1, first);
  for await (const { value } of store.list(range, { reverse: true, limit: LOOK_BACK })) {
    if (isVisible(value) && value.text.trim() !== "") before.push(value);
  }
  return await Promise.all(
    before.slice(0, MAX_EARLIER).map(async (one) => ({
      authorName: one.author.type === "system" ? companyName : one.author.name,
      at: one.sentAt ?? one.createdAt,
      text: clip(
        splitQuotedText(await readText(store, one, MAX_TEXT)).text.trim(),
        MAX_EARLIER_TEXT,
      ),
    })),
  );
}
