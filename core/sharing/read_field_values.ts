import { can, type Principal } from "../access/mod.ts";
import { findConversation } from "../conversations/mod.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import { fieldValues } from "../model/field_values.ts";
import type { FieldValues } from "../model/fill_fields.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store } from "../store/mod.ts";

/** A conversation the caller may read, and what fields stand for in it. Errors: not_found. */
export async function readFieldValues(
  store: Store,
  principal: Principal,
  conversationId: string,
): Promise<
  Result<{ readonly conversation: Conversation; readonly values: FieldValues }, CoreError>
> {
  const conversation = await findConversation((key) => store.get(key), conversationId);
  if (
    conversation === null || !can(principal, "conversation.read", { inboxId: conversation.inboxId })
  ) return err(notFound("conversation"));
  const [contact, inbox, workspace, agent] = await Promise.all([
    store.get(keys.contact(conversation.contactId)),
    store.get(keys.inbox(conversation.inboxId)),
    store.get(keys.workspace()),
    // Read anew: they may have just changed their name.
    principal.type === "user" ? store.get(keys.user(principal.user.id)) : null,
  ]);
  const values = fieldValues({
    contact,
    agent,
    inboxName: inbox?.name ?? "",
    conversation,
    workspaceName: workspace?.name ?? "",
  });
  return ok({ conversation, values });
}
