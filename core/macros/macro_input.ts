import { z } from "zod";
import { can, nameInput, type Principal } from "../access/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { Priority } from "../model/conversation.ts";
import { unknownField } from "../model/fill_fields.ts";
import { type Macro, type MacroAction, MacroWhen } from "../model/macro.ts";
import { Sharing } from "../model/sharing.ts";
import { FolderInput, HtmlInput, TextInput } from "../sharing/mod.ts";
import { keys, type Store, storedBytes } from "../store/mod.ts";
import { ASSIGN_ME, ASSIGN_NOBODY } from "./plan_macro.ts";

const MAX_ACTIONS = 20;
/** Of words and actions together: a value of the database has 64 KiB. */
const MAX_BYTES = 60_000;
const MAX_MINUTES = 366 * 24 * 60;
/** As a conversation's own. */
const TagNames = z.array(z.string().trim().min(1).max(50)).max(30).readonly();
const Id = z.string().min(1).max(100);

const ActionInput = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("status"),
    status: z.enum(["open", "closed", "spam", "trash"]),
  }),
  z.strictObject({ type: z.literal("snooze"), minutes: z.int().min(1).max(MAX_MINUTES) }),
  z.strictObject({ type: z.literal("assign"), to: Id }),
  z.strictObject({ type: z.literal("team"), teamId: z.nullable(Id) }),
  z.strictObject({
    type: z.literal("tags"),
    add: TagNames.default([]),
    remove: TagNames.default([]),
  }),
  z.strictObject({ type: z.literal("priority"), priority: z.nullable(Priority) }),
  z.strictObject({ type: z.literal("move"), inboxId: Id }),
  z.strictObject({ type: z.literal("reply") }),
  z.strictObject({
    type: z.literal("comment"),
    text: TextInput.pipe(z.string().min(1, "is needed").max(2_000)),
  }),
]);

export const MacroFields = z.object({
  name: nameInput(),
  folder: FolderInput.optional(),
  text: TextInput.optional(),
  html: HtmlInput.optional(),
  actions: z.array(ActionInput).max(MAX_ACTIONS, `are over ${MAX_ACTIONS}`).readonly().optional(),
  when: z.optional(MacroWhen),
  sharing: z.optional(Sharing),
});
export const MacroPatch = MacroFields.partial();

/** What is wrong with a macro as a whole; null when nothing is. */
export async function checkMacro(
  store: Store,
  principal: Principal,
  { text, html, actions }: Pick<Macro, "text" | "html" | "actions">,
): Promise<CoreError | null> {
  if (storedBytes({ text, html, actions }) > MAX_BYTES) {
    return invalid("actions", "are too long, together with the text");
  }
  if (text === "" && actions.length === 0) return invalid("actions", "are needed, or a text");
  const replies = actions.filter(({ type }) => type === "reply").length;
  if (replies > 1) return invalid("actions", "send the text more than once");
  if (replies === 1 && text === "") return invalid("text", "is needed: the macro sends it");
  if (actions.filter(({ type }) => type === "comment").length > 1) {
    return invalid("actions", "comment more than once");
  }
  for (const [n, action] of actions.entries()) {
    const wrong = await checkAction(store, principal, action);
    if (wrong !== null) return invalid(`actions.${n}.${wrong.field}`, wrong.message);
  }
  return null;
}

async function checkAction(
  store: Store,
  principal: Principal,
  action: MacroAction,
): Promise<{ readonly field: string; readonly message: string } | null> {
  switch (action.type) {
    case "assign": {
      if (action.to === ASSIGN_ME || action.to === ASSIGN_NOBODY) return null;
      const user = await store.get(keys.user(action.to));
      return user?.active ? null : { field: "to", message: "is not an active user" };
    }
    case "team": {
      const isThere = action.teamId === null || await store.get(keys.team(action.teamId)) !== null;
      return isThere ? null : { field: "teamId", message: "is not a team" };
    }
    case "move": {
      const { inboxId } = action;
      const isThere = can(principal, "conversation.write", { inboxId }) &&
        await store.get(keys.inbox(inboxId)) !== null;
      return isThere ? null : { field: "inboxId", message: "is not an inbox you work in" };
    }
    case "comment": {
      const unknown = unknownField(action.text);
      if (unknown === null) return null;
      const name = `{{${unknown.name.slice(0, 60)}}}`;
      const message = `names ${name} in line ${unknown.line}, which is no field`;
      return { field: "text", message };
    }
    case "tags":
      return action.add.length + action.remove.length > 0
        ? null
        : { field: "add", message: "names no tag, and remove none either" };
    case "status":
    case "snooze":
    case "priority":
    case "reply":
      return null;
  }
}
