import type { AppKind } from "../../../core/channel/mod.ts";
import { z } from "zod";
import { addressesIn, clientFields, endpointFields } from "./client_fields.ts";

const GoogleConfig = z.strictObject({ ...clientFields, ...endpointFields });
type GoogleConfig = z.infer<typeof GoogleConfig>;

/** IMAP and SMTP of the whole mailbox: the only scope that Google takes for them. */
const MAIL = "https://mail.google.com/";

/** A client registered with Google, for Gmail and Google Workspace. */
export const google: AppKind<GoogleConfig> = {
  id: "google",
  label: "Google",
  description: "Gmail and Google Workspace mailboxes sign in with it.",
  config: GoogleConfig,
  guide: [
    {
      title: "Open console.cloud.google.com and choose or make a project",
      text: "Under “APIs & Services”, enable the Gmail API.",
    },
    {
      title: "Set up the consent screen",
      text:
        "“Internal” where all mailboxes are of your own Workspace. With “External” in testing, " +
        "Google ends each sign-in after 7 days: publish it.",
    },
    {
      title: "Under “Data access”, add the scope https://mail.google.com/",
      text: "It lets Parley read and send mail by IMAP and SMTP.",
    },
    {
      title: "Make a client of the type “Web application”",
      text: "Enter the redirect address of this page, then copy the client's ID and secret here.",
    },
  ],
  oauth: ({ clientId, clientSecret, authorizeUrl, tokenUrl }) => ({
    authorizeUrl: authorizeUrl ?? "https://accounts.google.com/o/oauth2/v2/auth",
    tokenUrl: tokenUrl ?? "https://oauth2.googleapis.com/token",
    clientId,
    clientSecret,
    scopes: ["openid", "https://www.googleapis.com/auth/userinfo.email", MAIL],
    neededScopes: [MAIL],
    givesRefreshToken: true,
    // Only a consent gives a refresh token.
    authorizeParams: { access_type: "offline", prompt: "consent" },
    chooseAccountParams: { access_type: "offline", prompt: "consent select_account" },
    accountsOf: (claims) => addressesIn(claims, ["email"]),
  }),
};
