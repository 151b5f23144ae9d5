import { page } from "fresh";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { define } from "../../../(_shared)/define.ts";
import { SettingsPage } from "../../(_parts)/SettingsPage.tsx";
import { settingsFrame, userWho } from "../../(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    userWho(ctx.state, "channel.manage");
    const types = ctx.state.core.channels.types();
    return page({ frame: await settingsFrame(ctx.state), types });
  },
});

export default define.page<typeof handler>(function NewChannel({ data, url }) {
  return (
    <SettingsPage
      frame={data.frame}
      title="Add a channel"
      current="channels"
      url={url}
      header={
        <>
          <Crumbs path={[{ label: "Channels", href: "/settings/channels" }]} current="Add" />
          <PageHeader title="Add a channel" lead="How will customers reach you?" />
        </>
      }
    >
      <nav class="box type-list" aria-label="Kinds of channel">
        {data.types.map(({ type, title, description }) => {
          const look = channelLook(type);
          return (
            <a key={type} class="box-row" href={`/settings/channels/new/${type}`}>
              <span class="channel-tile" data-channel={look.role}>
                <Icon name={look.icon} />
              </span>
              <span class="grow">
                <b>{title}</b>
                <small>{description}</small>
              </span>
              <Icon name="right" />
            </a>
          );
        })}
      </nav>
    </SettingsPage>
  );
});
