import type { ApiConversation } from "../../../core/model/api.ts";
import { Card } from "../../(_components)/Card.tsx";
import { channelLook } from "../../(_components)/channel_look.ts";
import { Facts, type FactsProps } from "../../(_components)/Facts.tsx";
import { Person } from "../../(_components)/Person.tsx";
import { SideItem } from "../../(_components)/SideItem.tsx";
import { Skeleton } from "../../(_components)/Skeleton.tsx";
import { Time } from "../../(_components)/Time.tsx";
import { IconLink } from "./IconLink.tsx";
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

function About({ model, conversation, loaded }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly loaded: LoadedThread;
}) {
  const { contact, past } = loaded;
  return (
    <>
      <Person
        id={conversation.contactId}
        name={contact?.name || conversation.contactName}
        lead={contact === null ? undefined : `Here since ${monthOf(contact.createdAt)}`}
      />
      <section class="card">
        {contact === null
          ? (
            <div class="stack" aria-hidden="true">
              <Skeleton width="long" />
              <Skeleton width="middle" />
            </div>
          )
          : <Facts facts={factsOf(model, conversation, loaded)} />}
      </section>
      {past.length > 0 && (
        <Card title="Past conversations" count={past.length}>
          {past.map((one) => <PastItem key={one.id} model={model} conversation={one} />)}
        </Card>
      )}
    </>
  );
}

function PastItem({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const { icon, role } = channelLook(conversation.channelType);
  const view = conversation.status === "closed" ? "closed" : "open";
  const route = { ...model.navigation.route.value, view, pane: null } as const;
  return (
    <SideItem
      href={formatRoute({ ...route, conversationId: conversation.id })}
      icon={icon}
      role={role}
      title={conversation.subject || conversation.preview || "No text"}
      end={<Time {...model.clock.value} at={Date.parse(conversation.lastMessageAt)} />}
    />
  );
}

function factsOf(
  model: WorkspaceModel,
  conversation: ApiConversation,
  { contact }: LoadedThread,
): FactsProps["facts"] {
  const { people, teams, inboxes, channels } = model.data;
  const named = (
    list: readonly { readonly id: string; readonly name: string }[],
    id: string | null,
  ) => list.find((one) => one.id === id)?.name;
  const channel = named(channels, conversation.channelId);
  const team = named(teams, conversation.teamId);
  const inbox = named(inboxes, conversation.inboxId);
  return [
    ...(contact?.emails ?? []).map((email) => ({ label: "Email", value: email, title: email })),
    ...(contact?.phones ?? []).map((phone) => ({ label: "Phone", value: phone, title: phone })),
    ...(channel === undefined ? [] : [{ label: "Channel", value: channel, title: channel }]),
    ...(inbox === undefined ? [] : [{ label: "Inbox", value: inbox, title: inbox }]),
    ...(team === undefined ? [] : [{ label: "Team", value: team, title: team }]),
    { label: "Assigned to", value: named(people, conversation.assigneeId) ?? "Nobody" },
    {
      label: "Began",
      value: <Time {...model.clock.value} at={Date.parse(conversation.createdAt)} />,
    },
  ];
}

const MONTHS =
  "January February March April May June July August September October November December"
    .split(" ");

/** @param iso as the API writes times. */
function monthOf(iso: string): string {
  const at = new Date(iso);
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}
