import type { Message } from "../model/message.ts";
import { keys, type Store } from "../store/mod.ts";

/**
 * Whether somebody of the team said that this sender's images are always shown. Only for mail whose sender is vouched
 * for: whoever writes a customer's address into a mail of his own learns nothing by it.
 */
export async function showsSendersImages(
  store: Pick<Store, "get">,
  { author, email }: Message,
): Promise<boolean> {
  if (author.type !== "contact" || author.id === null || email?.senderVerified !== true) {
    return false;
  }
  const contact = await store.get(keys.contact(author.id));
  return contact?.imagesFrom?.includes(email.from?.address.toLowerCase() ?? "") ?? false;
}
