import type { ApiConversation } from "../../../core/model/api.ts";
import { Facts } from "../../(_components)/Facts.tsx";
import { Person } from "../../(_components)/Person.tsx";
import { Skeleton } from "../../(_components)/Skeleton.tsx";
import type { ContactSideProps } from "./contact/ContactSide.tsx";
import { ConversationFacts } from "./contact/ConversationFacts.tsx";
import { PastConversations } from "./contact/PastConversations.tsx";
import { sinceWords } from "./contact/since_words.ts";
import { IconLink } from "./IconLink.tsx";
import { lazyPart } from "./lazy_part.tsx";
import type { LoadedThread } from "./thread_store.ts";
import { toggleSide } from "./toggle_side.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute } from "./workspace_route.ts";

interface SidePaneProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation | null;
  readonly loaded: LoadedThread | null;
}

/** Whom the conversation is with, and what else there was. */
export function SidePane({ model, conversation, loaded }: SidePaneProps) {
  const route = model.navigation.route.value;
  const hide = (event: MouseEvent) => {
    event.preventDefault();
    toggleSide(model);
  };
  const href = formatRoute({ ...route, pane: null });
  return (
    <aside class="pane side" aria-label="About this conversation">
      <header class="bar ruled">
        <IconLink icon="left" label="Back" href={href} class="phone-only bar-back" onClick={hide} />
        <h2>Details</h2>
        <span class="spacer" />
        <IconLink
          icon="panel-right"
          label="Hide details"
          href={href}
          class="wide-only"
          onClick={hide}
        />
      </header>
      <div class="pane-scroll" tabIndex={0} role="region" aria-label="Details">
        {conversation && loaded && (
          <About model={model} conversation={conversation} loaded={loaded} />
        )}
      </div>
    </aside>
  );
}

/** Changing a contact has a script of its own; until it is there, and without script, they are shown. */
const ContactSide = lazyPart<ContactSideProps>(
  () => import("./contact/ContactSide.tsx").then((file) => file.ContactSide),
  { fallback: (props) => <Known {...props} /> },
);

function About({ model, conversation, loaded }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly loaded: LoadedThread;
}) {
  const { contact } = loaded;
  if (contact !== null) return <ContactSide {...{ model, conversation, loaded, contact }} />;
  return (
    <>
      <Person id={conversation.contactId} name={conversation.contactName} />
      <section class="card">
        <div class="stack" aria-hidden="true">
          <Skeleton width="long" />
          <Skeleton width="middle" />
        </div>
      </section>
    </>
  );
}

function Known({ model, conversation, loaded, contact }: ContactSideProps) {
  const { emails, phones } = contact;
  return (
    <>
      <Person
        id={contact.id}
        name={contact.name || conversation.contactName}
        lead={sinceWords(contact.createdAt)}
      />
      <section class="card">
        <Facts
          facts={[
            ...emails.map((email) => ({ label: "Email", value: email, title: email })),
            ...phones.map((phone) => ({ label: "Phone", value: phone, title: phone })),
          ]}
        />
        <ConversationFacts model={model} conversation={conversation} />
      </section>
      <PastConversations model={model} loaded={loaded} />
    </>
  );
}
