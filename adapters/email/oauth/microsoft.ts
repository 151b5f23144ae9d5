import type { AppKind } from "../../../core/channel/mod.ts";
import { z } from "zod";
import { addressesIn, clientFields, endpointFields } from "./client_fields.ts";

const MicrosoftConfig = z.strictObject({
  ...clientFields,
  tenant: z.string().trim().toLowerCase().max(253).regex(
    /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    "must be common, organizations, consumers, or a directory's ID or domain",
  ).default("common").meta({
    title: "Directory (tenant)",
    help:
      "The directory's ID or domain for accounts of your company only; organizations for work accounts, " +
      "consumers for Outlook.com, common for both.",
  }),
  ...endpointFields,
});
type MicrosoftConfig = z.infer<typeof MicrosoftConfig>;

const IMAP = "https://outlook.office.com/IMAP.AccessAsUser.All";
const SMTP = "https://outlook.office.com/SMTP.Send";

/** A client registered with Microsoft Entra, for Microsoft 365 and Outlook.com. */
export const microsoft: AppKind<MicrosoftConfig> = {
  id: "microsoft",
  label: "Microsoft",
  description: "Microsoft 365 and Outlook.com mailboxes sign in with it.",
  config: MicrosoftConfig,
  guide: [
    {
      title: "Open entra.microsoft.com, “App registrations”, “New registration”",
      text:
        "Choose whose accounts may sign in, and enter the redirect address of this page as “Web”.",
    },
    {
      title: "Under “API permissions”, add two of Office 365 Exchange Online",
      text: "Delegated: IMAP.AccessAsUser.All and SMTP.Send.",
    },
    {
      title: "Under “Certificates & secrets”, make a client secret",
      text: "Copy its value here, and note when it expires. The client ID is on the overview page.",
    },
    {
      title: "Allow “Authenticated SMTP” for the mailbox",
      text:
        "In the Microsoft 365 admin center, under the user's mail apps. It is off in many companies.",
    },
  ],
  oauth: ({ clientId, clientSecret, tenant, authorizeUrl, tokenUrl }) => {
    const base = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0`;
    return {
      authorizeUrl: authorizeUrl ?? `${base}/authorize`,
      tokenUrl: tokenUrl ?? `${base}/token`,
      clientId,
      clientSecret,
      scopes: ["openid", "email", "profile", "offline_access", IMAP, SMTP],
      neededScopes: [IMAP, SMTP],
      givesRefreshToken: true,
      authorizeParams: {},
      chooseAccountParams: { prompt: "select_account" },
      accountsOf: (claims) => addressesIn(claims, ["email", "preferred_username", "upn"]),
    };
  },
};
