/** What the tests of this folder stand on: channels of a provider, requests and forms made of bytes. */
import {
  type ChannelView,
  err,
  type InboundEvent,
  type Io,
  type MessageEvent,
  ok,
  type Result,
  type VerifyResult,
} from "../../../core/channel/mod.ts";
import { EmailConfig } from "../config.ts";
import { fakeChannel, fakeIo, RECEIVED_AT } from "../fake_channel.ts";
import type { PushConfig } from "./push_provider.ts";
import { pushWebhook } from "./push_webhook.ts";

export const SECRET = "push-secret-of-the-tests";

export function pushChannel(
  provider: PushConfig["provider"],
  inbound: Partial<PushConfig> = {},
): ChannelView<EmailConfig> {
  const config = EmailConfig.parse({
    ...fakeChannel().config,
    inbound: { kind: "push", provider, secret: SECRET, ...inbound },
  });
  return { ...fakeChannel(), config };
}

/** A request of a provider: headers and bytes. */
export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export async function verifyPosted(
  posted: Posted,
  channel: ChannelView<EmailConfig>,
  io: Io = fakeIo(),
): Promise<VerifyResult> {
  return await pushWebhook.verify(requestOf(posted), channel, io);
}

export function requestOf({ headers, body }: Posted) {
  return {
    method: "POST",
    url: new URL("https://parley.example/hooks/chn_mail"),
    headers: new Headers(headers),
    body,
  };
}

/** The events in it, as the journal would hand it over. */
export async function eventsIn(
  { headers, body }: Posted,
  channel: ChannelView<EmailConfig>,
): Promise<readonly InboundEvent[]> {
  const kept = Object.fromEntries(
    pushWebhook.keepHeaders.flatMap((name) =>
      headers[name] === undefined ? [] : [[name, headers[name]]]
    ),
  );
  const contentType = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const delivery = { contentType, headers: kept, body, receivedAt: RECEIVED_AT };
  return await pushWebhook.parse(delivery, channel, fakeIo());
}

/** The one message in it. */
export async function messageIn(
  posted: Posted,
  channel: ChannelView<EmailConfig>,
): Promise<MessageEvent> {
  const found = onlyMessage(await eventsIn(posted, channel));
  if (!found.ok) throw new Error(`Expected one message, got ${found.error}`);
  return found.value;
}

function onlyMessage(events: readonly InboundEvent[]): Result<MessageEvent, string> {
  const [event] = events;
  return event?.type === "message" && events.length === 1
    ? ok(event)
    : err(JSON.stringify(events).slice(0, 500));
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Posted {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { headers: { "content-type": "application/json", ...headers }, body };
}

export function basic(password: string, user = "parley"): Record<string, string> {
  return { authorization: `Basic ${btoa(`${user}:${password}`)}` };
}

/** One field of a form; with a file name it is a file. */
export interface Field {
  readonly name: string;
  readonly value: string | Uint8Array;
  readonly fileName?: string;
  readonly type?: string;
}

/** multipart/form-data with bytes as given: `FormData` would force UTF-8 on them. */
export function form(fields: readonly Field[], boundary = "xYzZY"): Posted {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for (const { name, value, fileName, type } of fields) {
    const file = fileName === undefined ? "" : `; filename="${fileName}"`;
    const kind = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    chunks.push(
      encoder.encode(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${kind}\r\n`,
      ),
      typeof value === "string" ? encoder.encode(value) : value,
      encoder.encode("\r\n"),
    );
  }
  chunks.push(encoder.encode(`--${boundary}--\r\n`));
  const body = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return { headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body };
}

/** The text of a message's body part, its HTML and its files by name. */
export function contentOf(message: MessageEvent) {
  const body = message.parts.find((part) => part.kind === "text");
  const files = message.parts.filter((part) => part.kind === "media");
  return {
    text: body?.kind === "text" ? body.text : "",
    html: body?.kind === "text" ? body.html : undefined,
    files: files.map((file) => ({
      name: file.name,
      type: file.type,
      contentId: file.contentId,
      content: new TextDecoder().decode(file.bytes),
    })),
  };
}
