import { can, type Principal } from "../access/mod.ts";
import type { Change } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { FilledChange } from "./filler.ts";

/** What a caller is told of a change. */
export type VisibleChange =
  /** The change and its records. */
  | { readonly kind: "whole"; readonly filled: FilledChange }
  /** The conversation is no longer theirs to see; nothing of it is told but its id. */
  | { readonly kind: "gone"; readonly filled: FilledChange; readonly conversationId: string }
  /** The caller themselves read it, here or elsewhere. */
  | { readonly kind: "read"; readonly filled: FilledChange };

/**
 * What the caller may know of a change, by the rights they have now and the inbox the conversation is in now.
 * @returns null for nothing.
 */
export function visibleChange(principal: Principal, filled: FilledChange): VisibleChange | null {
  const { change, conversation } = filled;
  switch (change.type) {
    case "access.changed":
    case "settings.changed":
      return null;
    case "contact.created":
    case "contact.updated":
      return filled.contact !== null && can(principal, "contact.read")
        ? { kind: "whole", filled }
        : null;
    case "job.progress":
      return change.inboxId !== undefined && can(principal, "channel.manage") &&
          can(principal, "inbox.read", { inboxId: change.inboxId })
        ? { kind: "whole", filled }
        : null;
    case "view.changed":
      return { kind: "whole", filled };
    case "contact.deleted":
      return can(principal, "contact.read") ? { kind: "whole", filled } : null;
    case "conversation.read": {
      const isOwn = principal.type === "user" && principal.user.id === change.userId;
      return isOwn && mayRead(principal, conversation) ? { kind: "read", filled } : null;
    }
    case "message.created":
    case "message.updated":
      return filled.message !== null && mayRead(principal, conversation)
        ? { kind: "whole", filled }
        : null;
    case "message.deleted":
      return mayRead(principal, conversation) ? { kind: "whole", filled } : null;
    case "conversation.created":
    case "conversation.updated":
    case "conversation.deleted":
      return mayRead(principal, conversation) ? { kind: "whole", filled } : gone(principal, filled);
  }
  return change.type satisfies never;
}

function mayRead(principal: Principal, conversation: Conversation | null): boolean {
  return conversation !== null &&
    can(principal, "conversation.read", { inboxId: conversation.inboxId });
}

/** Told to those who could see the conversation where it was. */
function gone(principal: Principal, filled: FilledChange): VisibleChange | null {
  const { conversationId } = filled.change;
  const inboxId = formerInbox(filled.change, filled.conversation);
  if (conversationId === undefined || inboxId === undefined) return null;
  return can(principal, "conversation.read", { inboxId })
    ? { kind: "gone", filled, conversationId }
    : null;
}

function formerInbox(change: Change, conversation: Conversation | null): string | undefined {
  return change.previousInboxId ?? (conversation === null ? change.inboxId : undefined);
}
