import { page } from "fresh";
import { EmptyState } from "@/islands/(_components)/EmptyState.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import { define, type State } from "../../(_shared)/define.ts";
import { must } from "../(_parts)/must.ts";
import { SettingsPage } from "../(_parts)/SettingsPage.tsx";
import { TypeList } from "../(_parts)/TypeList.tsx";
import { settingsFrame, userWho } from "../(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state));
  },
});

async function pageData(state: State) {
  const { core } = state;
  const principal = userWho(state, "channel.manage");
  const types = core.apps.types();
  const apps = must(await core.apps.list(principal));
  const channels = must(await core.channels.list(principal));
  return {
    frame: await settingsFrame(state),
    types,
    apps: apps.map(({ id, name, adapter }) => ({
      id,
      name,
      title: types.find((type) => type.adapter === adapter)?.title ?? adapter,
      channels: channels.filter(({ appId }) => appId === id).map((channel) => channel.name),
    })).sort((a, b) => a.title.localeCompare(b.title) || a.name.localeCompare(b.name)),
  };
}

type PageData = Awaited<ReturnType<typeof pageData>>;

export default define.page<typeof handler>(function Apps({ data, url }) {
  const { frame, apps, types } = data;
  return (
    <SettingsPage
      frame={frame}
      title="Apps"
      current="apps"
      url={url}
      header={
        <PageHeader
          title="Apps"
          lead="Your own at Google, Microsoft or Meta. Channels connect through them, without a password of yours."
        />
      }
    >
      <div class="box">
        {apps.length === 0
          ? (
            <EmptyState title="No app yet">
              Make one at the provider, once: every channel of theirs can use it.
            </EmptyState>
          )
          : apps.map((app) => <AppRow key={app.id} {...app} />)}
      </div>
      <PageSection title="Add an app">
        <TypeList
          label="Kinds of app"
          types={types.map(({ adapter, title, description }) => ({
            href: `/settings/apps/new/${adapter}`,
            icon: "key",
            role: "mail",
            title,
            description,
          }))}
        />
      </PageSection>
    </SettingsPage>
  );
});

function AppRow({ id, name, title, channels }: PageData["apps"][number]) {
  return (
    <div class="box-row">
      <span class="channel-tile" data-channel="mail">
        <Icon name="key" />
      </span>
      <div class="grow">
        <b>{name}</b>
        <small>
          {title}
          {channels.length === 0 ? ", not used yet" : `, used by ${channels.join(", ")}`}
        </small>
      </div>
      <LinkButton size="small" href={`/settings/apps/${id}`}>
        Edit
        <span class="sr">{name}</span>
      </LinkButton>
    </div>
  );
}
