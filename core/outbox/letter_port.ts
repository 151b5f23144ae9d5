import type { QuotedMail } from "../channel/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { AttachmentRef, Message } from "../model/message.ts";
import type { Tx } from "../store/mod.ts";

/** What the outbox asks about mails with answers for visitors who left their chat. */
export interface LetterPort {
  /**
   * In the commit by which a reply becomes visible: plans a letter, unless nobody would get it.
   * @returns the reply, with the time at which it would go
   */
  planAfter(tx: Tx, conversation: Conversation, reply: Message): Promise<Message>;
  /** Whether anything a letter carries is still unread. */
  isWanted(tx: Tx, letter: Message): Promise<boolean>;
  /** What stands in a letter: always the same, however often it is tried. */
  content(letter: Message, conversation: Conversation): Promise<LetterContent>;
}

export interface LetterContent {
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly AttachmentRef[];
  /** What was said before, the latest first. */
  readonly history: readonly QuotedMail[];
}
