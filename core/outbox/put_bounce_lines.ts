import { clip } from "../clip.ts";
import { eventLine, putMessage } from "../conversations/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import type { Ids } from "../ports.ts";
import type { Tx } from "../store/mod.ts";
import type { ReportedRecipient } from "./report_effect.ts";

/**
 * Writes the lines of a thread that say for whom a message did not arrive, or not yet: the conversation's last ones.
 * @param conversation counts them already
 * @param journalId of the report that says so
 */
export function putBounceLines(
  tx: Tx,
  ids: Ids,
  { conversation, about, recipients, journalId }: {
    readonly conversation: Conversation;
    readonly about: Message;
    readonly recipients: readonly ReportedRecipient[];
    readonly journalId?: string | undefined;
  },
): readonly Message[] {
  // Their ids are new ones of ours, and a commit has ten checks: a report may name fifty.
  const unchecked: Pick<Tx, "insert" | "set"> = {
    insert: (key, value) => tx.set(key, value),
    set: (key, value) => tx.set(key, value),
  };
  const before = conversation.lastSeq - recipients.length;
  return recipients.map(({ address, outcome, error }, index) => {
    const seq = before + 1 + index;
    const type = outcome === "failed" ? "bounced" : "delayed";
    const event = { type, from: about.id, to: address } as const;
    const line: Message = {
      ...eventLine(ids.next("msg"), conversation, seq, event, SYSTEM, tx.now),
      text: clip(error.message, 300),
      trace: [{ step: "bounce", detail: clip(error.provider ?? error.message, 300) }],
      ...journalId === undefined ? {} : { journalId },
    };
    putMessage(unchecked, conversation, line);
    tx.emit({
      type: "message.created",
      actor: SYSTEM,
      conversationId: conversation.id,
      inboxId: conversation.inboxId,
      messageId: line.id,
      seq,
    });
    return line;
  });
}
