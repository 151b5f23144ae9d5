/** What the stand-in for Meta knows: one app, its Pages, the people who write to them. */
import type { QueuedEvent } from "./deliveries.ts";
import type { GraphError } from "./graph_errors.ts";

/** Webhook fields a Page can be subscribed to, of those that tell of messages. */
export type WebhookField =
  | "messages"
  | "messaging_postbacks"
  | "messaging_referrals"
  | "messaging_optins"
  | "message_echoes"
  | "message_deliveries"
  | "message_reads"
  | "message_reactions"
  | "message_edits"
  | "messaging_handovers"
  | "standby"
  | "messaging_policy_enforcement";

export const WEBHOOK_FIELDS: readonly WebhookField[] = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_optins",
  "message_echoes",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_handovers",
  "standby",
  "messaging_policy_enforcement",
];

/** Its own inbox, when a person answers there. */
export const PAGE_INBOX_APP = "26390203743090";

export interface PersonState {
  readonly psid: string;
  /** As the app knows them, whatever the Page. */
  readonly appScopedId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Has a role on the app. */
  readonly isTester: boolean;
  /** Epoch ms of their last interaction; null: never, or long ago. */
  lastSeenAt: number | null;
  /** Receives nothing of the Page any more. */
  hasBlocked: boolean;
}

/** A file the provider keeps, at an address that expires. */
export interface StoredFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly name: string;
}

/** A message, of either side. */
export interface StoredMessage {
  readonly mid: string;
  readonly psid: string;
  readonly at: number;
  readonly fromPage: boolean;
  readonly text: string | null;
  readonly attachments: readonly { readonly type: string; readonly fileId: string }[];
  readonly quickReplies: readonly { readonly title: string; readonly payload: string }[];
  readonly metadata: string | null;
  readonly messagingType: string | null;
  readonly tag: string | null;
  readonly replyTo: string | null;
}

export interface PageState {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly people: Map<string, PersonState>;
  readonly messages: StoredMessage[];
  /** Sender actions, oldest first: `typing_on 200`. */
  readonly actions: string[];
  /** What the app is subscribed to; null: not installed. */
  fields: ReadonlySet<string> | null;
  /** Other apps on the Page. */
  otherApps: readonly { readonly id: string; readonly name: string }[];
  /** Whose events come as `messaging`, not as `standby`. */
  primaryAppId: string;
  humanAgentApproved: boolean;
  permissions: readonly string[];
  /** Why the token is not taken: the subcode of error 190; null while it is. */
  tokenProblem: 458 | 460 | 463 | 467 | null;
  /** Epoch seconds; 0: never. */
  tokenExpiresAt: number;
}

export interface GraphWorld {
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** The token of somebody who manages the Pages. */
  readonly userToken: string;
  readonly pages: Map<string, PageState>;
  readonly files: Map<string, StoredFile>;
  /** Links of files that no longer work. */
  readonly expired: Set<string>;
  readonly queue: QueuedEvent[];
  /** Answered in place of what is asked next, first to last. */
  readonly failures: (GraphError | "lost_answer" | "html")[];
  isInDevelopment: boolean;
  /** Where the app has its deliveries sent; null: nowhere. */
  appHook: { readonly callbackUrl: string; readonly fields: readonly string[] } | null;
  /** Refuses calls without `appsecret_proof`. */
  requiresProof: boolean;
  now(): number;
  /** Where it listens: files have addresses there. */
  origin(): string;
  nextId(): number;
}

/** Puts an event on its way to the app, if the Page's subscription has its field. */
export function tell(
  world: GraphWorld,
  page: PageState,
  field: WebhookField,
  event: Readonly<Record<string, unknown>>,
): void {
  if (page.fields === null || !page.fields.has(field)) return;
  const isOwner = page.primaryAppId === world.appId || field === "messaging_handovers";
  if (!isOwner && !page.fields.has("standby")) return;
  const at = world.now();
  world.queue.push({ pageId: page.id, at, isStandby: !isOwner, event });
}

/** An address at which a file can be had until it expires; another one each time. */
export function fileUrl(world: GraphWorld, fileId: string): string {
  return `${world.origin()}/cdn/${fileId}?oe=${world.nextId().toString(16)}`;
}

/** As the webhook and the echo hold them. */
export function attachmentsOf(
  world: GraphWorld,
  attachments: StoredMessage["attachments"],
): readonly unknown[] {
  return attachments.map(({ type, fileId }) => ({
    type,
    payload: { url: fileUrl(world, fileId) },
  }));
}

/** Tells the app of a message to a customer, whoever sent it. */
export function tellEcho(
  world: GraphWorld,
  page: PageState,
  message: StoredMessage,
  appId: string | null,
): void {
  tell(world, page, "message_echoes", {
    sender: { id: page.id },
    recipient: { id: message.psid },
    timestamp: message.at,
    message: {
      mid: message.mid,
      is_echo: true,
      ...appId !== null && { app_id: Number(appId) },
      ...message.metadata !== null && { metadata: message.metadata },
      ...message.text !== null && { text: message.text },
      ...message.attachments.length > 0 &&
        { attachments: attachmentsOf(world, message.attachments) },
    },
  });
}
