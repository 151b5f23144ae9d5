/** Records in API shapes for the unit tests of this folder. */
import type { ApiConversation, ApiMessage } from "../../../core/model/api.ts";

/** Minute `n` of a morning, as the API writes times. */
export function minute(n: number): string {
  return new Date(Date.UTC(2026, 2, 10, 9, n)).toISOString();
}

export function sampleConversation(
  id: string,
  changes: Partial<ApiConversation> = {},
): ApiConversation {
  return {
    id,
    number: 1,
    inboxId: "inb_1",
    channelId: "chn_1",
    channelType: "chat",
    contactId: "con_1",
    contactName: "Giulia Ferrari",
    subject: "",
    preview: "Ciao",
    previewKind: "inbound",
    status: "open",
    statusAt: minute(0),
    assigneeId: null,
    teamId: null,
    tags: [],
    priority: null,
    snoozedUntil: null,
    waitingSince: minute(0),
    createdAt: minute(0),
    updatedAt: minute(0),
    lastMessageAt: minute(0),
    version: 1,
    unread: true,
    failedMessageId: null,
    window: null,
    ...changes,
  };
}

export function sampleMessage(seq: number, changes: Partial<ApiMessage> = {}): ApiMessage {
  return {
    id: `msg_${seq}`,
    conversationId: "cnv_1",
    seq,
    kind: "inbound",
    author: { type: "contact", id: "con_1", name: "Giulia Ferrari" },
    text: `Message ${seq}`,
    attachments: [],
    status: "received",
    trace: [],
    hasHtml: false,
    createdAt: minute(seq),
    ...changes,
  };
}
