import { z } from "zod";
import { instantReplyFields } from "../../core/channel/mod.ts";
import { MetaId } from "./meta/mod.ts";

/** Settings of a Page on Messenger. */
export const MessengerConfig = z.strictObject({
  pageId: MetaId.meta({
    title: "Page ID",
    help: "In the Page's settings under “About”, “Page transparency”.",
  }),
  pageAccessToken: z.string().trim().min(1).max(2_000).regex(
    /^[\x21-\x7e]+$/,
    "must have no spaces",
  ).meta({
    title: "Page access token",
    help: "Made in the app under “Messenger API settings”, for this Page.",
    secret: true,
  }),
  humanAgentApproved: z.boolean().optional().meta({
    title: "Human Agent is approved",
    help:
      "Meta approved this feature of the app: people of your team may answer for 7 days instead of 24 hours.",
  }),
  ...instantReplyFields,
});
export type MessengerConfig = z.infer<typeof MessengerConfig>;
