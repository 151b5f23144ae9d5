/**
 * Mail that somebody posts: a mail server of one's own, Mailgun, SendGrid, Postmark, Amazon SES or a Cloudflare worker.
 * Each provider has a file that knows its proof and its wrapping; what comes out is one mail, read by one parser.
 * @module
 */
export { originalOf, pushGuide, pushWebhook } from "./push_webhook.ts";
