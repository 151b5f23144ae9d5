import type { ApiConversation } from "../../../../core/model/api.ts";
import { fieldValues } from "../../../../core/model/field_values.ts";
import type { FieldValues } from "../../../../core/model/fill_fields.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** What fields stand for in a conversation, as far as this page knows. */
export function fieldsOf(model: WorkspaceModel, conversation: ApiConversation): FieldValues {
  const loaded = model.threads.get(conversation.id);
  const { me, inboxes, workspaceName } = model.data;
  return fieldValues({
    contact: loaded?.contact ?? { name: conversation.contactName, emails: [], phones: [] },
    agent: me,
    inboxName: inboxes.find(({ id }) => id === conversation.inboxId)?.name ?? "",
    conversation,
    workspaceName,
  });
}
