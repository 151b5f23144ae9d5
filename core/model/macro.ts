import * as z from "zod/mini";
import { Priority } from "./conversation.ts";
import { Sharing } from "./sharing.ts";

/** One thing a macro does to a conversation. What comes later stands over what came before. */
export const MacroAction = z.discriminatedUnion("type", [
  // Snoozing needs a time: it has an action of its own.
  z.readonly(z.object({
    type: z.literal("status"),
    status: z.enum(["open", "closed", "spam", "trash"]),
  })),
  /** From the moment it is run. */
  z.readonly(z.object({ type: z.literal("snooze"), minutes: z.int() })),
  /** A user's id, whoever runs it, or nobody. */
  z.readonly(z.object({ type: z.literal("assign"), to: z.string() })),
  /** Null: no team. */
  z.readonly(z.object({ type: z.literal("team"), teamId: z.nullable(z.string()) })),
  z.readonly(z.object({
    type: z.literal("tags"),
    add: z.readonly(z.array(z.string())),
    remove: z.readonly(z.array(z.string())),
  })),
  z.readonly(z.object({ type: z.literal("priority"), priority: z.nullable(Priority) })),
  z.readonly(z.object({ type: z.literal("move"), inboxId: z.string() })),
  /** Sends the macro's text at once; without it, it is put into the composer. */
  z.readonly(z.object({ type: z.literal("reply") })),
  z.readonly(z.object({ type: z.literal("comment"), text: z.string() })),
]);
export type MacroAction = z.infer<typeof MacroAction>;

/** Where a macro is offered: while somebody answers, begins a conversation, comments, or always. */
export const MacroWhen = z.enum(["reply", "start", "comment", "any"]);
export type MacroWhen = z.infer<typeof MacroWhen>;

/** What is done often, in one step: words with fields, as a snippet has them, and what happens to the conversation. */
export const Macro = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  /** Empty: in none. */
  folder: z.string(),
  /** Empty: it says nothing. */
  text: z.string(),
  /** Sanitised; `text` says the same in plain words. */
  html: z.optional(z.string()),
  actions: z.readonly(z.array(MacroAction)),
  when: MacroWhen,
  sharing: Sharing,
  /** Null: an API token made it. */
  ownerId: z.nullable(z.string()),
  createdAt: z.number(),
  updatedAt: z.number(),
}));
export type Macro = z.infer<typeof Macro>;
