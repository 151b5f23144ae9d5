import { z } from "zod";
import { psidIdentity } from "../psid.ts";
import type { EventReader } from "./event_context.ts";
import { Mid } from "./mid.ts";

const Edit = z.object({
  mid: Mid,
  text: z.string(),
  num_edit: z.union([z.int().nonnegative(), z.string().regex(/^\d{1,9}$/)]).optional()
    .catch(undefined),
});
const Reaction = z.object({
  mid: Mid,
  action: z.enum(["react", "unreact"]),
  reaction: z.string().max(50).optional().catch(undefined),
  emoji: z.string().min(1).max(32).optional().catch(undefined),
});

/** Names of the reactions that Messenger offers first. */
const NAMED: Readonly<Record<string, string>> = {
  love: "❤️",
  smile: "😆",
  haha: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
  like: "👍",
  dislike: "👎",
};

/** The customer wrote a message anew. */
export const readEdit: EventReader = (given, { envelope }) => {
  const { data } = Edit.safeParse(given);
  if (data === undefined) return null;
  const count = data.num_edit ?? envelope.occurredAt;
  return [{
    type: "message_updated",
    ...envelope,
    externalId: `${data.mid}#edit#${count}`,
    messageExternalId: data.mid,
    text: data.text.toWellFormed(),
  }];
};

/** A reaction to a message, or one that is taken back. */
export const readReaction: EventReader = (given, { envelope, pageId, senderId }) => {
  const { data } = Reaction.safeParse(given);
  if (data === undefined || senderId === null) return null;
  const { mid, action, reaction = "", emoji } = data;
  return [{
    type: "reaction",
    ...envelope,
    externalId: `${mid}#${senderId}#${action}#${envelope.occurredAt}`,
    messageExternalId: mid,
    emoji: action === "unreact" ? null : emoji?.toWellFormed() ?? NAMED[reaction] ?? "👍",
    identities: [psidIdentity(pageId, senderId)],
  }];
};
