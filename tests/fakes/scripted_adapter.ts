/** A channel of a test: a webhook that takes JSON events, and a provider that answers as it is told. */
import { z } from "zod";
import {
  type AnyAdapter,
  type Capabilities,
  defineAdapter,
  err,
  InboundEvent,
  ok,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
  type Template,
} from "../../core/channel/mod.ts";

/** How the provider answers one call; a function decides when asked, "throw" is a bug of the adapter. */
export type Answer =
  | Result<SendReceipt, SendError>
  | "throw"
  | ((part: OutboundPart) => Promise<Result<SendReceipt, SendError>>);

export interface ScriptedAdapter {
  readonly adapter: AnyAdapter;
  /** What was given to the provider, in order. */
  readonly sent: OutboundPart[];
  /** Answers to come; when there are none left, everything is sent. */
  readonly answers: Answer[];
  /** What its provider approved; where its window leaves templates. */
  readonly templates: Template[];
}

const CAPABILITIES: Capabilities = {
  inbound: ["text", "media"],
  outbound: ["text", "media"],
  text: { max: 1_000, unit: "utf16", split: false, dialect: "plain" },
  media: { types: ["*"], maxBytes: 1_000_000, maxCount: 3 },
  quickReplies: null,
  email: false,
  receipts: { delivered: true, read: true },
  typing: false,
  edit: false,
  delete: false,
  react: false,
  window: null,
  idempotentSend: false,
  echo: false,
  transports: ["webhook"],
  ratePerSecond: null,
  proactive: true,
  undoSeconds: 0,
};

export function scriptedAdapter(capabilities: Partial<Capabilities> = {}): ScriptedAdapter {
  const sent: OutboundPart[] = [];
  const answers: Answer[] = [];
  const templates: Template[] = [];
  const adapter = defineAdapter({
    apiVersion: 1,
    id: "scripted",
    label: "Scripted",
    description: "For tests",
    config: z.strictObject({ token: z.string().default("t").meta({ secret: true }) }),
    capabilities: { ...CAPABILITIES, ...capabilities },
    hosts: [],
    async send(part) {
      sent.push(part);
      const answer = answers.shift() ??
        ok({ externalId: `ext-${part.outboxId}`, status: "sent" as const });
      if (answer === "throw") throw new Error("Cannot send: a bug");
      return typeof answer === "function" ? await answer(part) : answer;
    },
    ...capabilities.window?.templateAfter === true
      ? { templates: { list: () => Promise.resolve(ok([...templates])) } }
      : {},
    webhook: {
      contentTypes: ["application/json"],
      maxBytes: 1_000_000,
      keepHeaders: [],
      verify: (request) =>
        Promise.resolve(
          request.headers.get("x-proof") === "yes"
            ? { ok: true }
            : { ok: false, reason: "mismatch" },
        ),
      parse(delivery) {
        const text = new TextDecoder().decode(delivery.body);
        if (text === "throw") throw new Error("a bug");
        const ignored = {
          type: "unparsable",
          externalId: "x",
          occurredAt: 0,
          reason: "not JSON",
        } as const;
        try {
          return Promise.resolve(z.array(InboundEvent).parse(JSON.parse(text)));
        } catch {
          return Promise.resolve([ignored]);
        }
      },
    },
  });
  return { adapter, sent, answers, templates };
}

export function refusal(
  code: Exclude<SendError["code"], "rate_limited">,
): Result<SendReceipt, SendError> {
  return err({ code, message: `The provider said ${code}` });
}
