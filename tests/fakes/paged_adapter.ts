/** A provider of a test whose accounts (pages) share one app: signed deliveries for many of them at once. */
import { z } from "zod";
import {
  type AnyAdapter,
  type AppKind,
  type ConnectionError,
  type ConnectionHealth,
  defineAdapter,
  equalText,
  err,
  hmacHex,
  InboundEvent,
  instantReply,
  instantReplyFields,
  instantReplyLinks,
  ok,
  type Profile,
  type ProfileError,
  type Result,
  type VerifyResult,
} from "../../core/channel/mod.ts";
import { scriptedAdapter } from "./scripted_adapter.ts";

export const APP_SECRET = "pages-app-secret";
export const VERIFY_TOKEN = "pages-verify-token";

type ProfileAnswer = Result<Profile, ProfileError>;

/** What the provider was asked, in order, such as "connect page-1". */
export interface PagedAdapter {
  readonly adapter: AnyAdapter;
  readonly calls: string[];
  /** Answers to come, the oldest first; when there are none left, all is well. */
  readonly answers: {
    readonly connect: Result<null, ConnectionError>[];
    readonly disconnect: Result<null, ConnectionError>[];
    readonly health: Result<ConnectionHealth, ConnectionError>[];
    /** A function answers when it is asked. */
    readonly profile: (ProfileAnswer | (() => Promise<ProfileAnswer>))[];
  };
}

const AppConfig = z.strictObject({
  secret: z.string().meta({ title: "Secret", secret: true }),
  verifyToken: z.string().meta({ title: "Token", secret: true }),
});
type AppConfig = z.infer<typeof AppConfig>;
const Config = z.strictObject({
  page: z.string().min(1),
  token: z.string().default("t").meta({ secret: true }),
  ...instantReplyFields,
});
const Delivery = z.object({
  entries: z.array(z.object({ page: z.string(), events: z.array(z.unknown()) })),
});

const kind: AppKind<AppConfig> = {
  id: "pages",
  label: "Pages",
  description: "For tests",
  config: AppConfig,
  guide: [],
  webhook: {
    contentTypes: ["application/json"],
    maxBytes: 1_000_000,
    keepHeaders: ["x-kept"],
    handshake({ method, url }, { config }) {
      if (method !== "GET") return Promise.resolve(null);
      const isOurs = equalText(url.searchParams.get("token") ?? "", config.verifyToken);
      return Promise.resolve(
        isOurs
          ? new Response(url.searchParams.get("challenge"))
          : new Response(null, { status: 403 }),
      );
    },
    verify: ({ headers, body }, { config }) => verify(headers, body, config.secret),
  },
  dataDeletion: {
    contentTypes: ["application/json"],
    maxBytes: 10_000,
    async read({ headers, body }, { config }) {
      const proven = await verify(headers, body, config.secret);
      if (!proven.ok) return proven;
      const { success, data } = z.object({ user: z.string() }).safeParse(read(body));
      if (!success) return { ok: false, reason: "malformed" };
      return { ok: true, identities: [{ kind: "psid", value: data.user }] };
    },
    answer: ({ url, code }) => ({ url, confirmation_code: code }),
  },
};

async function verify(
  headers: Headers,
  body: Uint8Array<ArrayBuffer>,
  secret: string,
): Promise<VerifyResult> {
  const given = headers.get("x-signature");
  if (given === null) return { ok: false, reason: "missing" };
  return equalText(given, await hmacHex(secret, body))
    ? { ok: true }
    : { ok: false, reason: "mismatch" };
}

function read(body: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

/** The entries of a delivery; a page named "broken" cannot be parsed. */
function entriesOf(body: Uint8Array<ArrayBuffer>) {
  return Delivery.safeParse(read(body)).data?.entries ?? [];
}

export function pagedAdapter(): PagedAdapter {
  const calls: string[] = [];
  const answers: PagedAdapter["answers"] = { connect: [], disconnect: [], health: [], profile: [] };
  const { adapter: scripted } = scriptedAdapter();
  const note = (call: string) => void calls.push(call);
  const adapter = defineAdapter<z.infer<typeof Config>>({
    ...scripted,
    id: "paged",
    label: "Pages",
    config: Config,
    capabilities: { ...scripted.capabilities, typing: true },
    autoReply: instantReply,
    directLinks: (config) =>
      instantReplyLinks(
        config,
        (ref) => `https://pages.example/${config.page}${ref === null ? "" : `?ref=${ref}`}`,
      ),
    apps: [kind],
    needsApp: true,
    shared: {
      accountKey: ({ page }) => page,
      split: ({ body }) => [...new Set(entriesOf(body).map(({ page }) => page))],
    },
    webhook: {
      contentTypes: ["application/json"],
      maxBytes: 1_000_000,
      keepHeaders: [],
      verify: () => Promise.resolve({ ok: false, reason: "missing" }),
      parse({ body }, { config }) {
        if (config.token === "broken") throw new Error("a bug");
        const events = entriesOf(body).flatMap((entry) =>
          entry.events.map((event) => ({
            ...z.looseObject({}).parse(event),
            accountKey: entry.page,
          }))
        );
        return Promise.resolve(z.array(InboundEvent).parse(events));
      },
    },
    connection: {
      connect({ config }) {
        note(`connect ${config.page}`);
        return Promise.resolve(answers.connect.shift() ?? ok(null));
      },
      disconnect({ config }) {
        note(`disconnect ${config.page}`);
        return Promise.resolve(answers.disconnect.shift() ?? ok(null));
      },
      health({ config }) {
        note(`health ${config.page}`);
        return Promise.resolve(answers.health.shift() ?? ok({ mended: null }));
      },
    },
    profile: {
      identityKind: "psid",
      async fetch({ value }) {
        note(`profile ${value}`);
        const answer = answers.profile.shift() ?? ok({ name: `Name of ${value}` });
        return typeof answer === "function" ? await answer() : answer;
      },
    },
    typing: {
      lastsMs: 20_000,
      show(recipient) {
        note(`typing ${recipient.identities[0]?.value}`);
        return Promise.resolve(ok(null));
      },
    },
    receipts: {
      markRead(recipient, { externalId }) {
        note(`read ${recipient.identities[0]?.value} ${externalId}`);
        return Promise.resolve(ok(null));
      },
    },
    accounts: {
      appKind: "pages",
      title: "Connect a page",
      lead: "Paste a token.",
      secret: { label: "Token", help: "From the provider." },
      list(secret, { config }) {
        note(`list ${secret}`);
        if (!secret.startsWith("right") || AppConfig.parse(config).secret !== APP_SECRET) {
          return Promise.resolve(err(`The provider does not accept "${secret}".`));
        }
        return Promise.resolve(ok(["page-1", "page-8", "page-9"].map((page) => ({
          key: page,
          name: `The shop of ${page}`,
          detail: `ID ${page}`,
          problem: page === "page-9" ? "Your role is not enough." : null,
          config: { page, token: `token of ${page}` },
        }))));
      },
    },
  });
  return { adapter, calls, answers };
}

/** A message of a customer, as an event of a delivery. */
export function pageMessage(
  id: string,
  { from = "200", text = "Hello", ...more }: {
    readonly from?: string;
    readonly text?: string;
    readonly referral?: string;
    readonly direction?: "echo_other";
    readonly isAnsweredElsewhere?: boolean;
  } = {},
): InboundEvent {
  return {
    type: "message",
    externalId: id,
    occurredAt: Date.UTC(2026, 2, 2, 9),
    direction: "in",
    sender: { identities: [{ kind: "psid", value: from, verified: true }] },
    hints: [{ by: "thread", threadKey: from, how: "thread" }],
    parts: [{ kind: "text", text }],
    ...more,
  };
}

/** A signed delivery: what happened on each page. */
export async function pageDelivery(
  entries: Readonly<Record<string, readonly InboundEvent[]>>,
  secret = APP_SECRET,
): Promise<{ readonly body: string; readonly headers: Record<string, string> }> {
  const body = JSON.stringify({
    entries: Object.entries(entries).map(([page, events]) => ({ page, events })),
  });
  const signature = await hmacHex(secret, new TextEncoder().encode(body));
  return { body, headers: { "content-type": "application/json", "x-signature": signature } };
}
