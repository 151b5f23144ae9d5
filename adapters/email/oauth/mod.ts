/** Signing mailboxes in at Google and Microsoft: their clients as kinds of apps, and what is said to mail servers. */
export { google } from "./google.ts";
export { microsoft } from "./microsoft.ts";
export { sendXoauth2, xoauth2 } from "./xoauth2.ts";
export { withAccessToken } from "./with_access_token.ts";
