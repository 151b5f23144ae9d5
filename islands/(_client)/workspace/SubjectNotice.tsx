import type { ApiMessage } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { MailNotice } from "../../(_components)/MailNotice.tsx";
import { canSplit } from "./can_split.ts";
import { SplitForm } from "./MessageMenu.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Above a mail that answers, but is about something else: one press makes it a conversation of its own. */
export function SubjectNotice({ model, message }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}) {
  const isChanged = message.trace.some(({ step }) => step === "subject_changed");
  if (!isChanged || message.email === undefined || !canSplit(model, message)) return null;
  const address = message.email.from?.address;
  return (
    <MailNotice
      icon="split"
      actions={
        <>
          <SplitForm model={model} message={message}>
            <Button type="submit" size="small" kind="ghost">New conversation</Button>
          </SplitForm>
          {address !== undefined && (
            <SplitForm model={model} message={message} isAlways>
              <Button
                type="submit"
                size="small"
                kind="ghost"
                title={`Also from now on, when ${address} writes about something else. The channel's settings list it.`}
              >
                Always
              </Button>
            </SplitForm>
          )}
        </>
      }
    >
      New subject: {message.email.subject}
    </MailNotice>
  );
}
