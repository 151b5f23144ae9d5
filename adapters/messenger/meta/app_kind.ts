import type { AppKind } from "../../../core/channel/mod.ts";
import { MetaAppConfig } from "./app_config.ts";
import { readDataDeletion } from "./data_deletion.ts";
import { answerHandshake } from "./handshake.ts";
import { REVIEW_TEXTS } from "./review_texts.ts";
import { verifySignature } from "./signature.ts";

/** What all deliveries of Meta have in common. Batches reach a thousand events. */
export const META_DELIVERIES = {
  contentTypes: ["application/json"],
  maxBytes: 4 * 1_048_576,
  keepHeaders: [],
} as const;

/** An app registered with Meta, for Pages on Messenger. */
export const metaApp: AppKind<MetaAppConfig> = {
  id: "meta",
  label: "Meta",
  description: "Facebook Pages are connected with it: one app serves them all.",
  config: MetaAppConfig,
  guide: [
    {
      title: "Make an app on developers.facebook.com",
      text:
        "Choose the type “Business” and add the product “Messenger”. Copy its ID and secret from “App settings”, " +
        "“Basic”, and think of a verify token.",
    },
    {
      title: "Enter the webhook address under “Messenger API settings”",
      text:
        "Callback URL: the webhook address that the app’s page shows once it is added here. Verify token: the one you " +
        "thought of. Then subscribe to the fields that begin with “message”, and to messaging_handovers and standby.",
    },
    {
      title: "Ask for advanced access",
      text:
        "Without it, only people with a role on the app are heard. Meta reviews pages_messaging and " +
        "pages_manage_metadata; the app’s page has a text for each.",
    },
    {
      title: "Enter the data deletion address under “App settings”, “Basic”",
      text: "Meta demands it. The app’s page shows that too.",
    },
    {
      title: "Publish the app",
      text: "An app in development hears nobody but its own team.",
    },
  ],
  review: REVIEW_TEXTS,
  webhook: {
    ...META_DELIVERIES,
    handshake: (request, { config }) =>
      Promise.resolve(answerHandshake(request, config.verifyToken)),
    verify: (request, { config }) => verifySignature(request, config.appSecret),
  },
  dataDeletion: {
    contentTypes: ["application/x-www-form-urlencoded"],
    maxBytes: 16_384,
    read: readDataDeletion,
    answer: ({ url, code }) => ({ url, confirmation_code: code }),
  },
};
