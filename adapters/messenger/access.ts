import { type ChannelView, err, ok, type Result } from "../../core/channel/mod.ts";
import type { MessengerConfig } from "./config.ts";
import { appConfigOf, type GraphAccess, type MetaAppConfig } from "./meta/mod.ts";

/** What calls for a Page are made with. */
export interface PageAccess extends GraphAccess {
  readonly pageId: string;
  readonly app: MetaAppConfig;
}

/** The error is a sentence: the channel names no app that works. */
export function pageAccess(
  channel: Pick<ChannelView<MessengerConfig>, "config" | "app">,
): Result<PageAccess, string> {
  const app = appConfigOf(channel);
  if (app === null) return err("The Meta app of this channel is gone or not complete.");
  const { pageId, pageAccessToken: token } = channel.config;
  return ok({ pageId, token, app });
}
