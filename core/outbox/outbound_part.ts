import type { OutboundPart } from "../channel/mod.ts";
import { signFile } from "../attachments/mod.ts";
import type { CoreContext } from "../context.ts";
import { displayName } from "../contacts/mod.ts";
import { readBody } from "../conversations/mod.ts";
import { sanitizeOutgoing } from "../mail_html/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys } from "../store/mod.ts";
import type { LetterPort } from "./letter_port.ts";
import { readQuotedMails } from "./quoted_mails.ts";
import type { Claim } from "./claim_message.ts";

/** What the adapter is given: body, files and recipients of a message as they are now. @throws Error when a part of it cannot be read */
export async function outboundPart(
  context: Pick<CoreContext, "store" | "ports" | "config">,
  letters: Pick<LetterPort, "content">,
  { message, conversation }: Pick<Claim, "message" | "conversation">,
  contact: Contact | null,
): Promise<OutboundPart> {
  const { store, config } = context;
  const letter = message.letter === undefined ? null : await letters.content(message, conversation);
  const body = letter ?? await readBody(store, message);
  const files = letter?.attachments ?? message.attachments;
  const records = await store.getMany(files.map(({ id }) => keys.attachment(id)));
  return {
    outboxId: message.id,
    conversationId: conversation.id,
    conversationNumber: conversation.number,
    createdAt: message.createdAt,
    index: 0,
    ...message.aside === undefined
      ? { recipient: recipientOf(conversation, contact) }
      // By no mistake of anybody it may reach the customer.
      : {
        recipient: { contactId: conversation.contactId, name: "", identities: [] },
        isAside: true,
      },
    // Customers get to know people, not the names of API tokens.
    authorName: message.author.type === "user" ? message.author.name : "",
    // Its words are a person's, but that it goes now is nobody's decision: no machine should answer it.
    ...message.automatic === true || letter !== null ? { isAutomatic: true } : {},
    ...message.quickReplies === undefined ? {} : { quickReplies: message.quickReplies },
    ...message.template === undefined ? {} : { template: message.template },
    text: body.text,
    ...body.html === undefined ? {} : { html: await sanitizeOutgoing(body.html) },
    attachments: records.filter((record) => record !== null).map((record) => ({
      id: record.id,
      name: record.name,
      type: record.type,
      size: record.size,
      ...record.contentId === undefined ? {} : { contentId: record.contentId },
      bytes: async () => {
        const bytes = await store.blobs.read(record.blob.id);
        if (bytes === null) {
          throw new Error(`Cannot read attachment "${record.id}": its blob is missing`);
        }
        return bytes;
      },
      publicUrl: async () =>
        config.url === null ? null : `${config.url}${await signFile(context, record.id)}`,
    })),
    ...message.email === undefined ? {} : {
      email: {
        ...recipients(message.email, message.aside === undefined ? contact?.emails ?? [] : []),
        history: letter?.history ?? await readQuotedMails(store, message),
      },
    },
  };
}

/** The customer of a conversation, as adapters know them. @param contact null: gone */
export function recipientOf(
  conversation: Pick<Conversation, "channelId" | "contactId" | "contactName">,
  contact: Contact | null,
): OutboundPart["recipient"] {
  return {
    contactId: conversation.contactId,
    name: contact === null ? conversation.contactName : displayName(contact),
    identities: identitiesOn(conversation.channelId, contact?.identities ?? []),
  };
}

/** As the channel knows them: `external` ids are its own, as it gave them; those of other channels are not told. */
function identitiesOn(
  channelId: string,
  identities: Contact["identities"],
): OutboundPart["recipient"]["identities"] {
  const prefix = `${channelId}:`;
  return identities.flatMap(({ kind, value }) => {
    if (kind !== "external") return [{ kind, value }];
    return value.startsWith(prefix) ? [{ kind, value: value.slice(prefix.length) }] : [];
  });
}

/** Whom a mail goes to; a contact's first address where the reply itself names nobody. */
export function recipients(
  email: NonNullable<Message["email"]>,
  known: readonly string[],
): NonNullable<OutboundPart["email"]> {
  const { from, signature, to, cc, bcc, subject, inReplyTo, references } = email;
  const first = known[0];
  return {
    ...from === null ? {} : { from },
    ...signature === undefined ? {} : { signature },
    to: to.length > 0 || first === undefined ? to : [{ name: "", address: first }],
    cc,
    bcc,
    subject,
    inReplyTo,
    references,
  };
}
