/**
 * Mail by the HTTP APIs of Postmark, Mailgun, SendGrid, Amazon SES and Resend, for places where the ports of SMTP are closed.
 * Each provider is a file of pure functions: a mail to a request, an answer to ids or a meaning. The call is one for all.
 * @module
 */
export type { ApiMail, ApiProviderName, ApiSettings } from "./api_provider.ts";
export { readAwsKeys } from "./sign_aws_request.ts";
export { apiHosts, apiLabel, sendByApi, tryApi } from "./send_by_api.ts";
