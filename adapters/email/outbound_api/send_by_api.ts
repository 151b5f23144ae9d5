import {
  callProvider,
  err,
  type Io,
  ok,
  type RefusedRecipient,
  type Result,
  type SendError,
  type SendReceipt,
} from "../../../core/channel/mod.ts";
import { apiError } from "./api_error.ts";
import { everyAddress } from "./api_fields.ts";
import type { ApiMail, ApiProvider, ApiProviderName, ApiSettings } from "./api_provider.ts";
import { mailgun } from "./mailgun.ts";
import { postmark } from "./postmark.ts";
import { resend } from "./resend.ts";
import { sendgrid } from "./sendgrid.ts";
import { ses } from "./ses.ts";

const PROVIDERS: Readonly<Record<ApiProviderName, ApiProvider>> = {
  postmark,
  mailgun,
  sendgrid,
  ses,
  resend,
};

/** Hosts of all providers. */
export const apiHosts: readonly string[] = Object.values(PROVIDERS).flatMap(({ hosts }) => hosts);

type ApiIo = Pick<Io, "fetch" | "signal" | "now">;

/** Sends one mail by a provider's HTTP API. Its own id and ours both lead back to the message. */
export async function sendByApi(
  settings: ApiSettings,
  mail: ApiMail,
  io: ApiIo,
): Promise<Result<SendReceipt, SendError>> {
  const provider = PROVIDERS[settings.provider];
  const { label } = provider;
  const count = everyAddress(mail).length;
  if (count > provider.maxRecipients) {
    const message = `${label} sends one mail to ${provider.maxRecipients} addresses at most.`;
    return err({ code: "rejected", field: "to", message });
  }
  if (encodedSize(mail) > provider.maxBytes) {
    const limit = Math.floor(provider.maxBytes / 1_000_000);
    const message = `${label} takes mails of ${limit} MB at most, files included.`;
    return err({ code: "too_large", message });
  }
  const called = await callProvider(await provider.request(mail, settings, io.now()), io);
  switch (called.kind) {
    case "not_allowed":
      return err({ code: "config", message: called.reason });
    case "not_reached":
      return err({ code: "unavailable", message: `${label} cannot be reached right now.` });
    case "lost":
      return err(provider.isIdempotent ? unansweredButSafe(label) : unknown(label));
    case "answered":
  }
  const { answer } = called;
  const isSuccess = answer.status >= 200 && answer.status < 300 && !answer.isHtml;
  if (!isSuccess) {
    const error = apiError(provider, answer, { now: io.now(), secrets: secretsOf(settings) });
    return err(withRefused(error, mail, provider.refusalIn(answer).words));
  }
  const ids = provider.idsIn(answer, settings);
  if (ids === null) {
    // A success whose words are cut off, or not those of this provider.
    const refused = provider.refusalIn(answer);
    if (refused.meaning !== null) {
      const error = apiError(provider, answer, { now: io.now(), secrets: secretsOf(settings) });
      return err(withRefused(error, mail, refused.words));
    }
    return err(provider.isIdempotent ? unansweredButSafe(label) : unknown(label));
  }
  const aliases = ids.filter((id) => id !== mail.headers.messageId);
  const refused = namedIn(provider.exceptionsIn?.(answer) ?? "", everyAddress(mail))
    .map((address) => inactive(address, label));
  return ok({
    externalId: mail.headers.messageId,
    aliases,
    status: "sent",
    ...refused.length === 0 ? {} : { refused },
  });
}

/** A service that sends nothing to an address names it, or there is only one. */
function withRefused(error: SendError, mail: ApiMail, words: string): SendError {
  if (error.code !== "recipient_unreachable") return error;
  const everyone = everyAddress(mail);
  const addresses = everyone.length === 1 ? everyone : namedIn(words, everyone);
  const { message, provider } = error;
  const refused = addresses.map((address): RefusedRecipient => ({
    address,
    isAddressBad: true,
    error: { code: error.code, message, ...provider === undefined ? {} : { provider } },
  }));
  return refused.length === 0 ? error : { ...error, refused };
}

function namedIn(words: string, addresses: readonly string[]): readonly string[] {
  const found = words.toLowerCase().match(/[^\s@<>,;:"'()]+@[^\s@<>,;:"'()]+/g) ?? [];
  // The full stop of a sentence is no part of the last one.
  const named = new Set(found.map((one) => one.replace(/\.$/, "")));
  return addresses.filter((address) => named.has(address.toLowerCase()));
}

function inactive(address: string, label: string): RefusedRecipient {
  const message = `${label} sends nothing to this address.`;
  return { address, isAddressBad: true, error: { code: "recipient_unreachable", message } };
}

/** Whether the provider takes the key. @returns null when it does, or why not */
export async function tryApi(
  settings: ApiSettings,
  address: string,
  io: ApiIo,
): Promise<SendError | null> {
  const provider = PROVIDERS[settings.provider];
  const called = await callProvider(provider.probe(settings, io.now(), address), io);
  const message = `${provider.label} cannot be reached right now.`;
  if (called.kind === "not_allowed") return { code: "config", message: called.reason };
  if (called.kind !== "answered") return { code: "unavailable", message };
  const { answer } = called;
  if (answer.status >= 200 && answer.status < 300 && !answer.isHtml) return null;
  // A key that may only send is not let in here, which shows that it is known.
  if (/restricted_api_key/.test(provider.refusalIn(answer).words)) return null;
  return apiError(provider, answer, { now: io.now(), secrets: secretsOf(settings) });
}

/** As customers of the provider know it. */
export function apiLabel({ provider }: ApiSettings): string {
  return PROVIDERS[provider].label;
}

function unknown(label: string): SendError {
  const message = `${label} did not say whether it took the mail. It may have arrived.`;
  return { code: "ambiguous", message };
}

/** It recognises the mail when it comes again, so it can. */
function unansweredButSafe(label: string): SendError {
  return {
    code: "unavailable",
    message: `${label} did not answer. The mail is handed over again.`,
  };
}

/** Base64 makes three bytes four. */
function encodedSize({ content }: ApiMail): number {
  const files = content.attachments.reduce((sum, { content }) => sum + content.length, 0);
  return Math.ceil((files + content.text.length + content.html.length) * 4 / 3);
}

function secretsOf({ key }: ApiSettings): readonly string[] {
  return [key, ...key.split(":")].filter((text) => text.length > 7);
}
