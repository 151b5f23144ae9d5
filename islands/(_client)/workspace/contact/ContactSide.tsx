import { useEffect } from "preact/hooks";
import type { ApiContact, ApiConversation } from "../../../../core/model/api.ts";
import { Card } from "../../../(_components)/Card.tsx";
import { channelLook } from "../../../(_components)/channel_look.ts";
import { formatBytes } from "../../../(_components)/format_bytes.ts";
import { Icon } from "../../../(_components)/Icon.tsx";
import { SideItem } from "../../../(_components)/SideItem.tsx";
import { Facts } from "../../../(_components)/Facts.tsx";
import { Person } from "../../../(_components)/Person.tsx";
import { ConversationFacts } from "./ConversationFacts.tsx";
import { listedFiles } from "../MessageFiles.tsx";
import type { LoadedThread } from "../thread_store.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { ContactFacts } from "./ContactFacts.tsx";
import { ContactNotes } from "./ContactNotes.tsx";
import { languageName } from "./language_name.ts";
import { sinceWords } from "./since_words.ts";
import { OthersHere } from "./OthersHere.tsx";
import { PastConversations } from "./PastConversations.tsx";

export interface ContactSideProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly loaded: LoadedThread;
  readonly contact: ApiContact;
}

/** Files that are listed; all of them are in the thread. */
const MAX_FILES = 10;

/** Whom the conversation is with, as it is changed here, and everything there is about them. */
export function ContactSide({ model, conversation, loaded, contact }: ContactSideProps) {
  // Of another conversation nothing is being edited.
  useEffect(() => () => void (model.contactField.value = null), [conversation.id]);
  const files = loaded.thread.messages.toReversed()
    .flatMap(({ attachments }) => listedFiles(attachments))
    .filter(({ state }) => state === undefined);
  const known = contact.identities.filter(({ kind }) => kind !== "email" && kind !== "phone");
  return (
    <>
      {model.data.canWrite
        ? <ContactFacts key={contact.id} model={model} contact={contact} />
        : <ReadOnlyContact model={model} contact={contact} />}
      {known.length > 0 && (
        <Card title="Known by" count={known.length} closed>
          {known.map(({ kind, value, verified }) => {
            const { icon, role, label } = identityLook(kind);
            return (
              <div key={`${kind}:${value}`} class="side-item" data-channel={role}>
                <Icon name={icon} />
                <span class="truncate" title={value}>
                  {label}
                  <small class="truncate">{value}</small>
                </span>
                {verified && (
                  <span class="end" title="Proven: it is theirs">
                    <Icon name="check" size={14} />
                    <span class="sr">Proven</span>
                  </span>
                )}
              </div>
            );
          })}
        </Card>
      )}
      <OthersHere model={model} conversation={conversation} contact={contact} />
      <ContactNotes key={`notes ${contact.id}`} model={model} contact={contact} />
      <PastConversations model={model} loaded={loaded} />
      {files.length > 0 && (
        <Card title="Files" count={files.length}>
          {files.slice(0, MAX_FILES).map(({ id, name, url, size }) => (
            <SideItem
              key={id}
              href={url}
              icon="paperclip"
              title={name}
              end={<span class="num">{formatBytes(size)}</span>}
            />
          ))}
        </Card>
      )}
      <Card title="This conversation" closed>
        <ConversationFacts model={model} conversation={conversation} />
      </Card>
    </>
  );
}

function ReadOnlyContact({ model, contact }: {
  readonly model: WorkspaceModel;
  readonly contact: ApiContact;
}) {
  const { id, name, emails } = contact;
  const owner = model.data.people.find((one) => one.id === contact.ownerId);
  return (
    <>
      <Person id={id} name={name || emails[0] || "Visitor"} lead={sinceWords(contact.createdAt)} />
      <section class="card">
        <Facts
          facts={[
            ...emails.map((value) => ({ label: "Email", value, title: value })),
            ...contact.phones.map((value) => ({ label: "Phone", value, title: value })),
            ...contact.company === undefined
              ? []
              : [{ label: "Company", value: contact.company, title: contact.company }],
            ...contact.locale === undefined
              ? []
              : [{ label: "Language", value: languageName(contact.locale) }],
            ...owner === undefined ? [] : [{ label: "Owner", value: owner.name }],
            ...contact.blocked ? [{ label: "Messages", value: "Blocked" }] : [],
          ]}
        />
      </section>
    </>
  );
}

/** A provider's name for somebody, as the channel it comes from looks. */
function identityLook(kind: string) {
  switch (kind) {
    case "psid":
      return channelLook("messenger");
    case "igsid":
      return channelLook("instagram");
    case "wa_bsuid":
      return channelLook("whatsapp");
    case "telegram_user":
      return channelLook("telegram");
    case "visitor":
      return { ...channelLook("chat"), label: "Browser" };
    case "external":
      return { ...channelLook("api"), label: "Your own id" };
    default:
      return channelLook(kind);
  }
}
