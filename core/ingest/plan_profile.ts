import type { AnyAdapter, MessageEvent } from "../channel/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Tx } from "../store/mod.ts";

/** Kind of the job that asks a provider who a customer is: payload `{contactId, channelId, value}`. */
export const PROFILE_JOB = "connections.profile";

/** Has a sender without a name looked up where their provider tells names apart from messages. */
export function planProfile(
  tx: Tx,
  adapter: AnyAdapter | undefined,
  channelId: string,
  { sender }: Pick<MessageEvent, "sender">,
  contact: Contact,
): void {
  const kind = adapter?.profile?.identityKind;
  if (kind === undefined || contact.name !== "") return;
  const identity = sender.identities.find((one) => one.kind === kind);
  if (identity === undefined) return;
  const payload = { contactId: contact.id, channelId, value: identity.value };
  tx.job({ kind: PROFILE_JOB, payload, dueAt: tx.now });
}
