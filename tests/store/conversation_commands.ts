/** Small commands on conversations, as the property tests of the store interleave them. */
import { putConversation } from "../../core/conversations/put.ts";
import type { Conversation, ConversationStatus } from "../../core/model/conversation.ts";
import { keys, type Store, transact } from "../../core/store/mod.ts";

export type Command =
  | { readonly kind: "create"; readonly id: string; readonly inboxId: string }
  | { readonly kind: "status"; readonly id: string; readonly status: ConversationStatus }
  | { readonly kind: "move"; readonly id: string; readonly inboxId: string }
  | { readonly kind: "message"; readonly id: string }
  | { readonly kind: "contact"; readonly id: string; readonly contactId: string };

const SYSTEM = { type: "system", id: null, name: "Parley" } as const;

/** Runs one command. @returns false when it has nothing to act on */
export function runCommand(store: Store, command: Command): Promise<boolean> {
  return transact(store, async (tx) => {
    const before = await tx.get(keys.conversation(command.id));
    if ((before === null) !== (command.kind === "create")) return false;
    const after = before === null
      ? newConversation(command.id, command.kind === "create" ? command.inboxId : "", tx.now)
      : next(before, command, tx.now);
    putConversation(tx, before, after);
    if (command.kind === "message") {
      tx.insert(keys.dedupe(after.channelId, `${after.id} ${after.lastSeq}`), {
        conversationId: after.id,
        messageId: `msg_${after.lastSeq}`,
        seq: after.lastSeq,
      });
    }
    tx.emit({
      type: before === null ? "conversation.created" : "conversation.updated",
      actor: SYSTEM,
      conversationId: after.id,
    });
    return true;
  }, { queue: command.id });
}

function next(before: Conversation, command: Command, now: number): Conversation {
  switch (command.kind) {
    case "create":
      return before;
    case "status":
      return { ...before, status: command.status, statusAt: now, updatedAt: now };
    case "move":
      return { ...before, inboxId: command.inboxId, updatedAt: now };
    case "contact":
      return { ...before, contactId: command.contactId, updatedAt: now };
    case "message":
      return {
        ...before,
        version: before.version + 1,
        lastSeq: before.lastSeq + 1,
        lastMessageAt: now,
        updatedAt: now,
      };
  }
}

export function newConversation(id: string, inboxId: string, now: number): Conversation {
  return {
    id,
    number: 1,
    inboxId,
    channelId: "chn_1",
    channelType: "chat",
    contactId: "con_1",
    contactName: "Ada",
    subject: "",
    preview: "",
    previewKind: "inbound",
    status: "open",
    statusAt: now,
    assigneeId: null,
    teamId: null,
    tags: [],
    priority: null,
    snoozedUntil: null,
    waitingSince: null,
    createdAt: now,
    updatedAt: now,
    lastMessageAt: now,
    version: 0,
    lastSeq: 0,
    lastUnreadSeq: 0,
    failedMessageId: null,
  };
}
