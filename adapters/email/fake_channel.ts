/** What the tests of this folder stand on: a mailbox, an `Io` with a real signature, and mails made of lines. */
import {
  type ChannelView,
  type Delivery,
  err,
  type Io,
  type MessageEvent,
} from "../../core/channel/mod.ts";
import { EmailConfig } from "./config.ts";
import { parseMail } from "./parse_mail.ts";

/** When the test mails come in: 2 March 2026, 12:00 UTC. */
export const RECEIVED_AT = Date.UTC(2026, 2, 2, 12);

/** A mailbox `support@veloce.example` that sends by the SMTP server at `port` of this machine. */
export function fakeChannel(
  config: Partial<EmailConfig> = {},
  port = 2525,
): ChannelView<EmailConfig> {
  return {
    id: "chn_mail",
    name: "Support",
    config: {
      ...EmailConfig.parse({
        address: "support@veloce.example",
        fromName: "Veloce",
        inbound: { kind: "push", provider: "raw", secret: "push-secret" },
        outbound: { kind: "smtp", host: "127.0.0.1", port, security: "none" },
      }),
      ...config,
    },
  };
}

/** An `Io` that signs with HMAC-SHA256, reaches this machine only, and keeps its log. */
export function fakeIo(overrides: Partial<Io> = {}): Io {
  const signTag = async (text: string): Promise<string> => {
    const bytes = new TextEncoder().encode("a key of the tests");
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
    const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
    return Array.from(new Uint8Array(mac).subarray(0, 16), (byte) => ALPHABET[byte % 32]).join("");
  };
  return {
    fetch: () => Promise.reject(new Error("Mail needs no fetch")),
    fetchFile: () => Promise.reject(new Error("Mail brings its files along")),
    dns: () => Promise.resolve(err("not_found")),
    now: () => RECEIVED_AT,
    random: { bytes: (length) => new Uint8Array(length).fill(7) },
    log: () => {},
    signal: new AbortController().signal,
    cached: (_key, _forMs, get) => get(),
    connect: (host) => Promise.resolve({ ok: true, host, address: "127.0.0.1" }),
    accessToken: () => Promise.reject(new Error("This mailbox has a password")),
    baseUrl: () => null,
    publicUrl: (path) => `https://parley.example${path}`,
    signTag,
    verifyTag: async (text, tag) => await signTag(text) === tag,
    ...overrides,
  };
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** A delivery of a mail given as text, or as bytes. */
export function deliveryOf(
  mail: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Delivery {
  const body = typeof mail === "string" ? new TextEncoder().encode(mail) : mail;
  return { contentType: "message/rfc822", headers, body, receivedAt: RECEIVED_AT };
}

/** Lines joined as mail has them. */
export function lines(...all: readonly string[]): string {
  return all.join("\r\n");
}

/** Parses a mail that must give exactly one message. */
export async function messageOf(
  mail: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<MessageEvent> {
  const [event, ...rest] = await parseMail(deliveryOf(mail, headers), fakeChannel(), fakeIo());
  if (event?.type !== "message" || rest.length > 0) {
    throw new Error(`Expected one message, got ${event?.type}`);
  }
  return event;
}

/** The text of a message event. */
export function textOf(event: MessageEvent): string {
  return event.parts.find((part) => part.kind === "text")?.text ?? "";
}

/** The steps of its notes. */
export function notesOf(event: MessageEvent): readonly string[] {
  return (event.notes ?? []).map(({ step }) => step);
}
