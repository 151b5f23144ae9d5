/** The core's views of a visitor's things as JSON: ISO times. */
import type {
  VisitorConfig,
  VisitorConversation,
  VisitorEvent,
  VisitorMessage,
} from "@/core/mod.ts";
import type {
  VisitorConfigJson,
  VisitorConversationJson,
  VisitorMessageJson,
} from "@/core/model/visitor_api.ts";
import { unreachable } from "@/core/result.ts";
import type { SseEvent } from "../(_shared)/sse.ts";
import { isoTime } from "../(_shared)/views.ts";

export function messageJson({ at, ...message }: VisitorMessage): VisitorMessageJson {
  return {
    ...message,
    author: { ...message.author },
    attachments: message.attachments.map((file) => ({ ...file })),
    createdAt: isoTime(at),
  };
}

export function conversationJson(conversation: VisitorConversation): VisitorConversationJson {
  const { createdAt, lastMessageAt, lastMessage, agent } = conversation;
  return {
    id: conversation.id,
    status: conversation.status,
    createdAt: isoTime(createdAt),
    lastMessageAt: isoTime(lastMessageAt),
    lastMessage: lastMessage === null ? null : messageJson(lastMessage),
    unread: conversation.unread,
    agent: agent === null ? null : { ...agent },
  };
}

/** What an adapter's settings leave out has a default: another adapter than chat may know fewer. */
export function configJson(config: VisitorConfig): VisitorConfigJson {
  const { settings } = config;
  const text = (name: string, otherwise: string) => {
    const value = settings[name];
    return typeof value === "string" && value !== "" ? value : otherwise;
  };
  const theme = text("theme", "auto");
  return {
    channelId: config.channelId,
    title: text("title", config.channelName),
    greeting: text("greeting", ""),
    replyTime: text("replyTime", ""),
    accentColor: text("accentColor", "#2f54d6"),
    position: text("position", "end") === "start" ? "start" : "end",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    poweredBy: settings["poweredBy"] !== false,
    identityRequired: config.identityRequired,
    faces: config.faces.map((face) => ({ ...face })),
    isOnline: config.isOnline,
    mailsAnswers: config.mailsAnswers,
    limits: { ...config.limits },
  };
}

/** One event of the visitor's stream on the wire. */
export function sseEvent(event: VisitorEvent): SseEvent {
  const { type } = event;
  switch (type) {
    case "hello":
      return { event: type, data: JSON.stringify({ cursor: event.cursor }) };
    case "reset":
      return { event: type, data: "{}" };
    case "typing": {
      const { conversationId, author, isTyping } = event;
      return { event: type, data: JSON.stringify({ conversationId, author, isTyping }) };
    }
    case "message.created":
    case "message.updated": {
      const data = { at: isoTime(event.at), message: messageJson(event.message) };
      return { id: event.cursor, event: type, data: JSON.stringify(data) };
    }
    case "conversation.created":
    case "conversation.updated": {
      const data = { at: isoTime(event.at), conversation: conversationJson(event.conversation) };
      return { id: event.cursor, event: type, data: JSON.stringify(data) };
    }
  }
  unreachable(type);
}
