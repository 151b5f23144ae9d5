import type { Conversation } from "../model/conversation.ts";
import { keys, type Tx, type VisitorRecord } from "../store/mod.ts";

/** Browsers of one contact that are looked at for whoever began a chat. */
const MAX_BROWSERS = 20;

/** Who began a chat; null where no visitor did. */
export async function visitorOf(
  tx: Pick<Tx, "read" | "list">,
  { id, channelId, contactId }: Conversation,
): Promise<VisitorRecord | null> {
  const known = await tx.read(keys.continuity(id));
  if (known !== null) return await tx.read(keys.visitor(known.visitorId));
  const contact = await tx.read(keys.contact(contactId));
  const browsers = (contact?.identities ?? []).filter(({ kind }) => kind === "visitor");
  for (const { value } of browsers.toReversed().slice(0, MAX_BROWSERS)) {
    for await (const thread of tx.list(keys.threadsOf(channelId, value))) {
      if (thread.value === id) return await tx.read(keys.visitor(value));
    }
  }
  return null;
}

/** Where a visitor is written to; null while nobody knows. In lower case. What their site vouches for comes first. */
export function addressOf(
  { email, leftEmail }: Pick<VisitorRecord, "email" | "leftEmail">,
): { readonly address: string; readonly isProven: boolean } | null {
  if (email !== null) return { address: email.toLowerCase(), isProven: true };
  return leftEmail ?? null;
}
