/** What may lead to a conversation besides a mail's own headers: weaker, and each a setting of the mailbox. */
import type { ParseIo, ThreadHint } from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { readOwnMessageId } from "./message_id.ts";
import { messageIdsIn } from "./message_ids.ts";
import { fieldValue, type MimePart, parseMime } from "./mime/mod.ts";
import { quotedConversation } from "./quote_history.ts";
import { latestFirst } from "./thread_hints.ts";

/** Attached mails looked into; their headers only. */
const MAX_ATTACHED = 3;
const MAX_REFERENCES = 5;
const HEADER_ONLY = { maxDepth: 0, maxParts: 1, maxHeaderBytes: 1 << 17 };
/** Attached mails may lie in a multipart of their own. */
const MAX_DEPTH = 5;

export interface WeakClues {
  readonly root: MimePart;
  /** The body, as HTML. */
  readonly html: string;
  readonly subject: string;
  /** It reports on another mail, which is attached and not answered. */
  readonly isReport: boolean;
}

/** Strongest first, after all that the headers say. */
export async function weakHints(
  { root, html, subject, isReport }: WeakClues,
  config: Pick<
    EmailConfig,
    "matchBody" | "matchAttachments" | "matchNumber" | "matchSubject" | "matchSubjectDays"
  >,
  io: ParseIo,
): Promise<readonly ThreadHint[]> {
  const hints: ThreadHint[] = [];
  const quoted = config.matchBody ? await quotedConversation(html, io) : null;
  if (quoted !== null) {
    hints.push({
      by: "conversation",
      conversationId: quoted,
      how: "The signed code in the quoted text",
      onlyParticipants: true,
    });
  }
  if (config.matchAttachments && !isReport) {
    for (const part of attachedMails(root)) hints.push(...await attachedHints(part, io));
  }
  const number = config.matchNumber ? numberIn(subject) : null;
  if (number !== null) hints.push({ by: "number", number, how: "The number in the subject" });
  if (config.matchSubject) {
    hints.push({
      by: "subject",
      withinDays: config.matchSubjectDays,
      how: `The same subject as the sender's last one, in ${config.matchSubjectDays} days`,
    });
  }
  return hints;
}

/** The number at the end of our subjects, `[#123]`; of several the last. */
export function numberIn(subject: string): number | null {
  const last = [...subject.matchAll(/\[#(\d{1,9})\]/g)].at(-1)?.[1];
  return last === undefined || Number(last) === 0 ? null : Number(last);
}

/** The subject with a conversation's number at its end, once. */
export function withNumber(subject: string, number: number): string {
  const plain = subject.replace(/\s*\[#\d{1,9}\]/g, "").trimEnd();
  return `${plain} [#${number}]`.trimStart();
}

function attachedMails(root: MimePart): readonly MimePart[] {
  const found: MimePart[] = [];
  const look = (part: MimePart, depth: number) => {
    if (found.length >= MAX_ATTACHED || depth > MAX_DEPTH) return;
    if (part.type === "message/rfc822") found.push(part);
    part.parts.forEach((child) => look(child, depth + 1));
  };
  look(root, 0);
  return found;
}

/** What an attached mail is, answers and refers to. */
async function attachedHints(part: MimePart, io: ParseIo): Promise<readonly ThreadHint[]> {
  const { fields } = parseMime(part.body, HEADER_ONLY).root;
  const idsOf = (name: string) => messageIdsIn(fieldValue(fields, name) ?? "");
  const ids = [
    ...idsOf("message-id").slice(0, 1),
    ...idsOf("in-reply-to").slice(0, 1),
    ...latestFirst(idsOf("references")).slice(0, MAX_REFERENCES),
  ];
  const how = "A mail attached to it";
  const hints: ThreadHint[] = [...new Set(ids)].map((externalId) => ({
    by: "message",
    externalId,
    how,
    onlyParticipants: true,
  }));
  for (const id of ids) {
    const own = await readOwnMessageId(id, io);
    if (own?.conversationId == null) continue;
    const { conversationId } = own;
    hints.push({ by: "conversation", conversationId, how, onlyParticipants: true });
    break;
  }
  return hints;
}
