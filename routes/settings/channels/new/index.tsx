import { page } from "fresh";
import { channelLook } from "@/islands/(_components)/channel_look.ts";
import { Crumbs } from "@/islands/(_components)/Crumbs.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { define } from "../../../(_shared)/define.ts";
import { SettingsPage } from "../../(_parts)/SettingsPage.tsx";
import { TypeList } from "../../(_parts)/TypeList.tsx";
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
      <TypeList
        label="Kinds of channel"
        types={data.types.map(({ type, title, description }) => ({
          href: `/settings/channels/new/${type}`,
          icon: channelLook(type).icon,
          role: channelLook(type).role,
          title,
          description,
        }))}
      />
    </SettingsPage>
  );
});
