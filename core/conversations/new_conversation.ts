import { clip } from "../clip.ts";
import { displayName } from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";

const MAX_SUBJECT = 200;

/** A conversation as it is before its first message. @param now epoch ms */
export async function newConversation(
  context: Pick<CoreContext, "ports" | "store">,
  channel: Pick<Channel, "id" | "type" | "inboxId">,
  event: { readonly subject?: string | undefined },
  contact: Contact,
  now: number,
): Promise<Conversation> {
  return {
    id: context.ports.ids.next("cnv"),
    number: await context.store.nextNumber("conversation"),
    inboxId: channel.inboxId,
    channelId: channel.id,
    channelType: channel.type,
    contactId: contact.id,
    contactName: displayName(contact),
    subject: clip(event.subject ?? "", MAX_SUBJECT),
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
