import { page } from "fresh";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { InboxArt } from "@/islands/(_components)/InboxArt.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { ChannelHealth } from "../(_parts)/ChannelHealth.tsx";
import { must } from "../(_parts)/must.ts";
import { SignInButton } from "../(_parts)/SignInButton.tsx";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

/** More failed deliveries than this are not counted. */
const MAX_COUNTED = 100;

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state));
  },
});

async function pageData(state: State) {
  const { core } = state;
  const principal = userWho(state, "channel.manage");
  const inboxes = must(await core.inboxes.list(principal));
  const channels = must(await core.channels.list(principal));
  const titles = new Map(core.channels.types().map(({ type, title }) => [type, title]));
  return {
    frame: await settingsFrame(state),
    channels: channels.map(({ id, name, type, inboxId, status, error, signIn }) => ({
      id,
      name,
      type,
      status,
      error,
      signIn,
      title: titles.get(type) ?? type,
      inbox: inboxes.find((inbox) => inbox.id === inboxId)?.name ?? "",
    })).sort((a, b) => a.inbox.localeCompare(b.inbox) || a.name.localeCompare(b.name)),
    failed: must(await core.inbound.failed(principal, { limit: MAX_COUNTED })).length,
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Channels({ data, url }) {
  const { frame, channels, failed } = data;
  const broken = channels.find(({ status }) => status === "error");
  return (
    <SettingsPage
      frame={frame}
      title="Channels"
      current="channels"
      url={url}
      wide
      header={
        <PageHeader
          title="Channels"
          lead="Where messages come in and go out."
          actions={channels.length > 0 && (
            <LinkButton kind="primary" size="large" icon="plus" href="/settings/channels/new">
              Add a channel
            </LinkButton>
          )}
        />
      }
    >
      {broken && (
        <Banner
          kind="danger"
          boxed
          action={broken.signIn
            ? (
              <div class="end">
                <SignInButton channelId={broken.id} signIn={broken.signIn} size="small" />
              </div>
            )
            : <LinkButton size="small" href={`/settings/channels/${broken.id}`}>Repair</LinkButton>}
        >
          <b>{broken.name}</b> does not work: {broken.error}
        </Banner>
      )}
      <div class="box">
        {channels.length === 0
          ? (
            <EmptyState
              art={<InboxArt />}
              title="No channel yet"
              actions={
                <LinkButton kind="primary" href="/settings/channels/new">Add a channel</LinkButton>
              }
            >
              A channel is a way for customers to reach you: a chat on your website, a mailbox.
            </EmptyState>
          )
          : <ChannelTable channels={channels} />}
      </div>
      <p class="meta page-note">
        What could not be read waits in the <a class="link" href="/settings/journal">journal</a>:
        {" "}
        {failed === 0 ? "nothing now" : failed < MAX_COUNTED ? failed : `${MAX_COUNTED} or more`}.
      </p>
    </SettingsPage>
  );
});

function ChannelTable({ channels }: Pick<PageData, "channels">) {
  return (
    <table class="table channels" data-stack>
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col" class="hide-s">Inbox</th>
          <th scope="col">Health</th>
          <th scope="col">
            <span class="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map(({ id, name, type, title, inbox, status, error }) => {
          const look = channelLook(type);
          return (
            <tr key={id}>
              <td>
                <div class="cell">
                  <span class="channel-tile" data-channel={look.role}>
                    <Icon name={look.icon} />
                  </span>
                  <span class="truncate">
                    <b class="strong">{name}</b>
                    <small class="meta truncate">{title}</small>
                  </span>
                </div>
              </td>
              <td class="hide-s">{inbox}</td>
              <td>
                <ChannelHealth status={status} error={error} />
              </td>
              <td class="act">
                <LinkButton size="small" href={`/settings/channels/${id}`}>
                  {status === "error" ? "Repair" : "Edit"}
                  <span class="sr">{name}</span>
                </LinkButton>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
