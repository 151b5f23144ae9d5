/**
 * The adapter contract: all that code for a kind of channel needs to know of Parley.
 * Adapters are plain data and functions; they hold no state and reach the world only through {@link Io}.
 * A delivery goes `webhook.verify` or `poll` → journal → `parse` → ingest; a reply goes outbox → `send`.
 * @module
 */
export * from "./adapter.ts";
export * from "./answer_error.ts";
export * from "./apps.ts";
export * from "./archive.ts";
export * from "./business_hours.ts";
export * from "./call_provider.ts";
export * from "./capabilities.ts";
export * from "./connection.ts";
export * from "./digests.ts";
export * from "./errors.ts";
export * from "./events.ts";
export * from "./form.ts";
export * from "./events_json.ts";
export * from "./instant_reply.ts";
export * from "./io.ts";
export * from "./letters.ts";
export * from "./listen.ts";
export * from "./media.ts";
export * from "./notices.ts";
export * from "./parley_signature.ts";
export * from "./poll.ts";
export * from "./profile.ts";
export * from "./setup.ts";
export * from "./shared.ts";
export * from "./site_host.ts";
export * from "./suggest.ts";
export * from "./templates.ts";
export * from "./text_only.ts";
export { type FormField, FormFields, type FormLook } from "../model/form.ts";
export type { FilledTemplate, QuickReply } from "../model/message.ts";
export type { Invite, InviteRepeats, InviteTime } from "../model/invite.ts";
export type { Clock, Dns, DnsRecords } from "../ports.ts";
export { isPrivateAddress } from "../private_address.ts";
export { templateText } from "../model/template_text.ts";
export { equalBytes, equalText } from "../constant_time.ts";
export { joinBytes } from "../join_bytes.ts";
export { htmlToText } from "../mail_html/mod.ts";
export { err, ok, type Result, unreachable } from "../result.ts";
