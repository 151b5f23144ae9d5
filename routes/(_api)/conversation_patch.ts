import type { z } from "zod";
import type { ApiConversationPatch } from "@/core/model/api.ts";
import type { ConversationPatch } from "@/core/mod.ts";

/** A patch in the API's shape as the core takes it: times become epoch ms. */
export function conversationPatch(
  { snoozedUntil, ...rest }: z.infer<typeof ApiConversationPatch>,
): ConversationPatch {
  if (snoozedUntil === undefined) return rest;
  return { ...rest, snoozedUntil: snoozedUntil === null ? null : Date.parse(snoozedUntil) };
}
