/** The shapes of the JSON API which only settings pages and automation see. */
import { z } from "zod";
import { ApiConversation } from "./api.ts";

const Iso = z.iso.datetime();
const Id = z.string().min(1).max(100);

export const ApiInvitation = z.strictObject({
  id: Id,
  email: z.string(),
  role: z.enum(["owner", "admin", "agent", "viewer"]),
  inboxIds: z.array(Id),
  createdAt: Iso,
  expiresAt: Iso,
}).meta({ id: "Invitation" });
export type ApiInvitation = z.infer<typeof ApiInvitation>;

export const ApiInvitationCreated = ApiInvitation.extend({ url: z.string() })
  .meta({ id: "InvitationCreated", description: "With its link, which is told this once." });

export const ApiToken = z.strictObject({
  id: Id,
  name: z.string(),
  role: z.enum(["owner", "admin", "agent", "viewer"]),
  createdAt: Iso,
}).meta({ id: "Token" });
export type ApiToken = z.infer<typeof ApiToken>;

export const ApiTokenCreated = ApiToken.extend({ token: z.string() })
  .meta({ id: "TokenCreated", description: "With its secret, which is told this once." });

/** One step of trying a channel's settings. */
export const ApiSetupStep = z.strictObject({
  title: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  /** It works, and something about it should be known. */
  isWarning: z.literal(true).optional(),
  /** It failed in a way that may pass. */
  isPassing: z.literal(true).optional(),
  /** Something to copy and use elsewhere. */
  code: z.string().optional(),
  help: z.strictObject({ text: z.string(), url: z.string().optional() }).optional(),
  /** A secret that may be the wrong one. */
  asks: z.strictObject({ label: z.string(), paths: z.array(z.string()) }).optional(),
  /** Settings that would suit what was found, for a PATCH of the channel. */
  change: z.strictObject({
    label: z.string(),
    config: z.record(z.string(), z.unknown()),
  }).optional(),
  tookMs: z.number(),
}).meta({ id: "SetupStep" });

/** Settings that were looked up for a channel that is to be connected. */
export const ApiSuggestion = z.strictObject({
  /** As settings hold it. */
  address: z.string(),
  /** How they were found, as a sentence. */
  found: z.string(),
  /** A channel that is there has this address. */
  isConnected: z.boolean(),
  /** The best first. */
  ways: z.array(z.strictObject({
    id: z.string(),
    title: z.string(),
    help: z.string(),
    helpUrl: z.string().optional(),
    /** Draft of a channel's config, without secrets. */
    config: z.record(z.string(), z.unknown()),
    summary: z.string(),
    /** Secrets to add, each at all of its paths. */
    asks: z.array(z.strictObject({ label: z.string(), paths: z.array(z.string()) })),
    /** Kind of the app it signs in with; the channel must name one. */
    appKind: z.string().optional(),
    /** False: more than the secrets is missing. */
    isComplete: z.boolean(),
  })),
}).meta({ id: "Suggestion" });

/** An inbound delivery in the journal. */
export const ApiDelivery = z.strictObject({
  id: Id,
  channelId: Id,
  receivedAt: Iso,
  contentType: z.string(),
  /** Bytes. */
  size: z.int(),
  state: z.enum(["received", "done", "failed", "ignored", "duplicate"]),
  attempts: z.int(),
  error: z.string().nullable(),
  conversationIds: z.array(Id),
}).meta({ id: "Delivery" });
export type ApiDelivery = z.infer<typeof ApiDelivery>;

/** A folder of a channel's provider whose mail can be imported. */
export const ApiHistoryFolder = z.strictObject({
  name: z.string(),
  /** Messages it holds; null where nobody tells. */
  count: z.int().nullable(),
}).meta({ id: "HistoryFolder" });

/** An import of what a channel held before it was connected. */
export const ApiImport = z.strictObject({
  id: Id,
  channelId: Id,
  folder: z.string(),
  /** Older messages are left out; null: all of them. */
  since: Iso.nullable(),
  /** `waiting`: another one of the channel runs. */
  state: z.enum(["waiting", "running", "done", "failed", "canceled"]),
  /** Messages looked at, and how many there are; null before that is known. */
  done: z.int().nullable(),
  total: z.int().nullable(),
  /** Messages that were brought in. */
  taken: z.int(),
  /** Of those, the ones nobody could read: see the channel's deliveries. */
  failed: z.int(),
  /** Why it failed, or what it waits for. */
  error: z.string().nullable(),
  createdAt: Iso,
  endedAt: Iso.nullable(),
}).meta({ id: "Import" });
export type ApiImport = z.infer<typeof ApiImport>;

export const ApiBulkResults = z.strictObject({
  results: z.array(z.strictObject({
    id: Id,
    ok: z.boolean(),
    /** As it is now, when it went well. */
    conversation: ApiConversation.optional(),
    error: z.strictObject({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
  })),
}).meta({ id: "BulkResults" });
