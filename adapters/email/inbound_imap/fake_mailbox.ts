/** What the tests of this folder stand on: a channel that reads a mailbox of a test's own IMAP server. */
import type {
  ChannelView,
  PollAsk,
  PolledDelivery,
  PollPage,
  PollSession,
} from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { fakeChannel, fakeIo } from "../fake_channel.ts";
import { ImapInbound } from "./imap_inbound.ts";
import { pollImap } from "./poll_imap.ts";

const SUPPORT = { user: "support", password: "open sesame" };

/** A mailbox `support` on port `port` of this machine, unencrypted. */
export function fakeMailbox(
  port: number,
  inbound: Partial<ImapInbound> = {},
): ChannelView<EmailConfig> {
  const given = { kind: "imap", host: "127.0.0.1", port, security: "none", ...SUPPORT, ...inbound };
  return fakeChannel({ inbound: ImapInbound.parse(given) });
}

export interface TestSession extends AsyncDisposable {
  readonly session: PollSession;
  /** One page, which must come. */
  page(cursor: string | null): Promise<PollPage>;
  /** Pages until there are no more. */
  all(cursor: string | null): Promise<{
    readonly deliveries: readonly PolledDelivery[];
    readonly cursor: string;
  }>;
}

export interface SessionOptions {
  readonly inbound?: Partial<ImapInbound>;
  /** Message-IDs that are stored. */
  readonly known?: Iterable<string>;
  /** The time; it may move. */
  readonly now?: () => number;
}

/** Opens it; `await using` closes it. @throws Error when the server does not let it in */
export async function openSession(
  port: number,
  options: SessionOptions = {},
): Promise<TestSession> {
  const { inbound = {}, known = [], now = () => REAL_MAIL_TIME } = options;
  const opened = await pollImap.open(fakeMailbox(port, inbound), fakeIo({ now }));
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const session = opened.value;
  const ask = askOf(known);
  const page = async (cursor: string | null) => {
    const read = await session.poll(cursor, ask);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return read.value;
  };
  return {
    session,
    page,
    async all(cursor) {
      const deliveries: PolledDelivery[] = [];
      for (let at = cursor;;) {
        const read = await page(at);
        deliveries.push(...read.deliveries);
        at = read.cursor;
        if (!read.hasMore) return { deliveries, cursor: at };
      }
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

/** Later than any mail the tests make: no mail is from the future. */
const REAL_MAIL_TIME = Date.UTC(2100, 0, 1);

export function askOf(known: Iterable<string> = []): PollAsk {
  const ids = new Set(known);
  return {
    signal: new AbortController().signal,
    isKnown: (asked) => Promise.resolve(new Set(asked.filter((id) => ids.has(id)))),
  };
}

/** A short mail; its Message-ID is `<id@posta.example>`. */
export function mailOf(id: string, text = `Text of ${id}`): string {
  return [
    "From: Giulia <giulia@posta.example>",
    "To: support@veloce.example",
    `Subject: About ${id}`,
    `Message-ID: <${id}@posta.example>`,
    "",
    text,
    "",
  ].join("\r\n");
}

/** The ids of `mailOf` in deliveries. */
export function idsOf(deliveries: readonly PolledDelivery[]): readonly string[] {
  return deliveries.map(({ body }) =>
    /^Message-ID: <(.*)@posta\.example>/m.exec(new TextDecoder().decode(body))?.[1] ?? "?"
  );
}
