import type { ConversationPatch } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Macro } from "../model/macro.ts";

/** What a macro would do to a conversation. */
export interface MacroPlan {
  /** Absent fields stay. */
  readonly patch: ConversationPatch;
  /** Its text is sent as a reply at once. */
  readonly sendsReply: boolean;
  /** Comments for the team, in order. */
  readonly comments: readonly string[];
}

/** Whoever runs the macro, and nobody, where a user's id may stand. */
export const ASSIGN_ME = "me";
export const ASSIGN_NOBODY = "nobody";

/**
 * What the actions come to, one after the other, on a conversation as it is now. Pure.
 * @param userId who runs it; null for an API token, which takes nothing for itself
 */
export function planMacro(
  { actions }: Pick<Macro, "actions">,
  { tags }: Pick<Conversation, "tags">,
  { userId, now }: { readonly userId: string | null; readonly now: number },
): MacroPlan {
  let patch: ConversationPatch = {};
  let sendsReply = false;
  const comments: string[] = [];
  for (const action of actions) {
    switch (action.type) {
      case "status":
        patch = { ...patch, status: action.status, snoozedUntil: undefined };
        break;
      case "snooze":
        patch = { ...patch, status: "snoozed", snoozedUntil: now + action.minutes * 60_000 };
        break;
      case "assign":
        if (action.to !== ASSIGN_ME || userId !== null) {
          patch = { ...patch, assigneeId: assigneeOf(action.to, userId) };
        }
        break;
      case "tags": {
        const kept = (patch.tags ?? tags).filter((tag) => !action.remove.includes(tag));
        patch = { ...patch, tags: [...new Set([...kept, ...action.add])] };
        break;
      }
      case "team":
        patch = { ...patch, teamId: action.teamId };
        break;
      case "priority":
        patch = { ...patch, priority: action.priority };
        break;
      case "move":
        patch = { ...patch, inboxId: action.inboxId };
        break;
      case "reply":
        sendsReply = true;
        break;
      case "comment":
        comments.push(action.text);
        break;
      default:
        action satisfies never;
    }
  }
  return { patch, sendsReply, comments };
}

function assigneeOf(to: string, userId: string | null): string | null {
  return to === ASSIGN_ME ? userId : to === ASSIGN_NOBODY ? null : to;
}
