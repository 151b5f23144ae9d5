/**
 * The shapes of the visitor API (contract.md, "Visitor API"). Written once: they validate what comes in and type what
 * goes out. Browser code imports only the types.
 */
import { z } from "zod";

const Iso = z.iso.datetime();
/** Chosen by the client for its message. */
const ClientId = z.string().regex(
  /^[A-Za-z0-9._:-]{1,64}$/,
  "takes 1 to 64 of A-Z a-z 0-9 . _ : -",
);

export const VisitorFace = z.strictObject({
  name: z.string(),
  /** Relative to the deployment, valid for a day. */
  avatarUrl: z.string().nullable(),
}).meta({ id: "VisitorFace" });
export type VisitorFace = z.infer<typeof VisitorFace>;

export const VisitorConfigJson = z.strictObject({
  channelId: z.string(),
  title: z.string(),
  greeting: z.string(),
  replyTime: z.string(),
  accentColor: z.string(),
  position: z.enum(["end", "start"]),
  theme: z.enum(["auto", "light", "dark"]),
  poweredBy: z.boolean(),
  identityRequired: z.boolean(),
  faces: z.array(VisitorFace),
  isOnline: z.boolean(),
  /** Answers go by mail to visitors who left: worth asking for an address. */
  mailsAnswers: z.boolean(),
  limits: z.strictObject({
    maxTextLength: z.int(),
    maxFileBytes: z.int(),
    maxFiles: z.int(),
  }),
}).meta({ id: "VisitorConfig" });
export type VisitorConfigJson = z.infer<typeof VisitorConfigJson>;

export const VisitorSessionInput = z.strictObject({
  identity: z.strictObject({ token: z.string().min(1).max(4096) }).optional(),
  page: z.string().max(2000).optional(),
  locale: z.string().max(35).optional(),
  /** Opens the chat that a mail with its answers links to. */
  continue: z.strictObject({ token: z.string().min(1).max(200) }).optional(),
}).refine((input) => input.continue === undefined || input.identity === undefined, {
  path: ["continue"],
  message: "does not go with identity",
}).meta({ id: "VisitorSessionInput" });
export type VisitorSessionInput = z.infer<typeof VisitorSessionInput>;

export const VisitorSessionJson = z.strictObject({
  /** Given once. */
  token: z.string(),
  visitorId: z.string(),
  expiresAt: Iso,
  /** An address is known to which answers go when the visitor has left. */
  hasEmail: z.boolean(),
  /** Of the chat that a link was about. */
  conversationId: z.string().optional(),
}).meta({ id: "VisitorSession" });
export type VisitorSessionJson = z.infer<typeof VisitorSessionJson>;

export const VisitorFileJson = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  /** Relative to the deployment, valid for a day. */
  url: z.string(),
  /** It is not here: `url` leads to nothing. Only where a thread of another channel came into the chat. */
  state: z.enum(["loading", "missing"]).optional(),
}).meta({ id: "VisitorFile" });
export type VisitorFileJson = z.infer<typeof VisitorFileJson>;

export const VisitorMessageJson = z.strictObject({
  /** The client's own id for the visitor's messages, ours for all others. */
  id: z.string(),
  conversationId: z.string(),
  author: z.strictObject({
    type: z.enum(["visitor", "agent", "bot"]),
    name: z.string(),
    avatarUrl: z.string().nullable(),
  }),
  text: z.string(),
  /** How the visitor sent it, when not by the chat. */
  via: z.enum(["email"]).optional(),
  attachments: z.array(VisitorFileJson),
  /** The visitor's: received, then read by the team. Replies: sent, delivered, read. */
  status: z.enum(["received", "sent", "delivered", "read"]),
  /** When it became visible; messages are ordered by it. */
  createdAt: Iso,
}).meta({ id: "VisitorMessage" });
export type VisitorMessageJson = z.infer<typeof VisitorMessageJson>;

export const VisitorConversationJson = z.strictObject({
  id: z.string(),
  status: z.enum(["open", "closed"]),
  createdAt: Iso,
  lastMessageAt: Iso,
  lastMessage: VisitorMessageJson.nullable(),
  /** Replies the visitor has not read. */
  unread: z.int(),
  agent: VisitorFace.nullable(),
}).meta({ id: "VisitorConversation" });
export type VisitorConversationJson = z.infer<typeof VisitorConversationJson>;

const MessageInput = z.strictObject({
  id: ClientId,
  text: z.string().max(100_000).optional(),
  attachmentIds: z.array(z.string().min(1).max(100)).max(50).optional(),
  payload: z.string().max(1000).optional(),
});
export const VisitorStartInput = z.strictObject({ message: MessageInput })
  .meta({ id: "VisitorStartInput" });
/** The message itself, or wrapped as when a conversation is begun. */
export const VisitorMessageInput = z.union([
  MessageInput,
  VisitorStartInput.transform(({ message }) => message),
]).meta({ id: "VisitorMessageInput" });

export const VisitorHistoryQuery = z.strictObject({
  /** Messages that became visible after this one, oldest first. */
  after: ClientId.optional(),
  /** Messages that became visible before this one, the newest of them. */
  before: ClientId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}).refine((query) => query.after === undefined || query.before === undefined, {
  path: ["before"],
  message: "does not go with after",
});
export const VisitorEmailInput = z.strictObject({
  email: z.string().max(254).transform((text) => text.trim().toLowerCase()).pipe(z.email()),
}).meta({ id: "VisitorEmailInput" });
export const VisitorTypingInput = z.strictObject({ isTyping: z.boolean().default(true) });
export const VisitorConfigQuery = z.strictObject({ url: z.string().max(2000).optional() });
export const VisitorEventsQuery = z.strictObject({ cursor: z.string().max(100).optional() });

/** `data` of the visitor stream's events, by event name. */
export interface VisitorStreamData {
  readonly "hello": { readonly cursor: string };
  readonly "reset": Record<string, never>;
  readonly "message.created": { readonly at: string; readonly message: VisitorMessageJson };
  readonly "message.updated": { readonly at: string; readonly message: VisitorMessageJson };
  readonly "conversation.created": {
    readonly at: string;
    readonly conversation: VisitorConversationJson;
  };
  readonly "conversation.updated": {
    readonly at: string;
    readonly conversation: VisitorConversationJson;
  };
  readonly "typing": {
    readonly conversationId: string;
    readonly author: VisitorFace;
    readonly isTyping: boolean;
  };
}
