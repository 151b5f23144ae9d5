/** What the server finds for the words in the bar: conversations, by number too, and people. */
import type { ApiContact, ApiConversation } from "../../../core/model/api.ts";
import { channelLook } from "../../(_components)/channel_look.ts";
import type { Api } from "../workspace/api.ts";
import type { BarItem } from "./bar_page.ts";

const LIMIT = 6;

export interface FindItemsOptions {
  readonly api: Pick<Api, "search">;
  readonly onConversation: (conversation: ApiConversation) => void;
  readonly onContact: (contact: ApiContact) => void;
}

/** @returns nothing where the server does not answer: the commands are still there. */
export async function findItems(
  typed: string,
  { api, onConversation, onContact }: FindItemsOptions,
): Promise<readonly BarItem[]> {
  const answer = await api.search(typed, LIMIT);
  if (!answer.ok) return [];
  const { items, contacts } = answer.value;
  return [
    ...items.map(({ conversation }): BarItem => ({
      id: conversation.id,
      words: conversation.subject || conversation.contactName,
      detail: `#${conversation.number}, ${conversation.contactName}`,
      group: "Conversations",
      icon: channelLook(conversation.channelType).icon,
      run: () => onConversation(conversation),
    })),
    ...contacts.slice(0, LIMIT).map((contact): BarItem => ({
      id: contact.id,
      words: contact.name,
      ...addressOf(contact),
      group: "Contacts",
      face: { id: contact.id, name: contact.name },
      run: () => onContact(contact),
    })),
  ];
}

function addressOf({ emails, phones }: ApiContact): { readonly detail?: string } {
  const detail = emails[0] ?? phones[0];
  return detail === undefined ? {} : { detail };
}
