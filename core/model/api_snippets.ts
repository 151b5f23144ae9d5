/** The shapes of the JSON API for snippets and macros: what goes in and what comes out. */
import { z } from "zod";
import { ApiConversation, ApiMessage } from "./api.ts";

const Iso = z.iso.datetime();
const Id = z.string().min(1).max(100);
const Name = z.string().trim().min(1, "Is needed").max(100);
const Folder = z.string().trim().max(60);
const Text = z.string().max(8_000);
const Html = z.string().max(20_000);

/** Who sees it: its owner alone, a team, everybody. */
export const ApiSharing = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("private") }),
  z.strictObject({ kind: z.literal("team"), teamId: Id }),
  z.strictObject({ kind: z.literal("everyone") }),
]).meta({ id: "Sharing" });

const shared = {
  id: Id,
  name: z.string(),
  /** Empty: in none. */
  folder: z.string(),
  /** With fields such as `{{contact.firstName|there}}`. */
  text: z.string(),
  html: z.string().optional(),
  sharing: ApiSharing,
  /** Null: an API token made it. */
  ownerId: Id.nullable(),
  usedCount: z.int(),
  usedAt: Iso.nullable(),
  /** The caller may change it. */
  isEditable: z.boolean(),
  createdAt: Iso,
  updatedAt: Iso,
} as const;

export const ApiSnippet = z.strictObject({
  ...shared,
  /** Typed behind a slash; unique among what the caller sees. */
  shortcut: z.string(),
}).meta({ id: "Snippet" });
export type ApiSnippet = z.infer<typeof ApiSnippet>;

export const ApiSnippetInput = z.strictObject({
  name: Name,
  /** 1 to 40 letters, digits, `-`, `_` or `.`. */
  shortcut: z.string().trim().min(1, "Is needed").max(40),
  folder: Folder.optional(),
  /** With fields; needed unless there is `html`. */
  text: Text.optional(),
  /** Sanitised; the text is what it says. */
  html: Html.optional(),
  /** Absent: private; a token's, everybody. */
  sharing: ApiSharing.optional(),
}).meta({ id: "SnippetInput" });

export const ApiSnippetPatch = ApiSnippetInput.partial().meta({ id: "SnippetPatch" });

/** Which conversation a snippet is filled in for. */
export const ApiFillQuery = z.strictObject({ conversationId: Id });

export const ApiFilledSnippet = z.strictObject({
  text: z.string(),
  html: z.string().optional(),
  /** Fields nothing is known for; they still stand in the text. */
  missing: z.array(z.string()),
}).meta({ id: "FilledSnippet" });

/** One thing a macro does. What comes later stands over what came before. */
export const ApiMacroAction = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("status"),
    status: z.enum(["open", "closed", "spam", "trash"]),
  }),
  /** From when it is run, for at most a year. */
  z.strictObject({ type: z.literal("snooze"), minutes: z.int().min(1).max(527_040) }),
  /** `me` (whoever runs it), `nobody` or a user's id. */
  z.strictObject({ type: z.literal("assign"), to: Id }),
  /** Null: no team. */
  z.strictObject({ type: z.literal("team"), teamId: Id.nullable() }),
  z.strictObject({
    type: z.literal("tags"),
    add: z.array(z.string().trim().min(1).max(50)).max(30).optional(),
    remove: z.array(z.string().trim().min(1).max(50)).max(30).optional(),
  }),
  z.strictObject({
    type: z.literal("priority"),
    priority: z.enum(["low", "medium", "high", "urgent"]).nullable(),
  }),
  z.strictObject({ type: z.literal("move"), inboxId: Id }),
  /** Sends the text at once; without it the text is put into the composer. */
  z.strictObject({ type: z.literal("reply") }),
  z.strictObject({ type: z.literal("comment"), text: z.string().min(1).max(2_000) }),
]).meta({ id: "MacroAction" });
export type ApiMacroAction = z.infer<typeof ApiMacroAction>;

const When = z.enum(["reply", "start", "comment", "any"]);

export const ApiMacro = z.strictObject({
  ...shared,
  actions: z.array(ApiMacroAction),
  /** Where it is offered: while somebody answers, begins a conversation, comments, or always. */
  when: When,
}).meta({ id: "Macro" });
export type ApiMacro = z.infer<typeof ApiMacro>;

export const ApiMacroInput = z.strictObject({
  name: Name,
  folder: Folder.optional(),
  /** With fields. A macro has words, actions, or both. */
  text: Text.optional(),
  html: Html.optional(),
  actions: z.array(ApiMacroAction).max(20).optional(),
  /** Absent: any. */
  when: When.optional(),
  /** Absent: private; a token's, everybody. */
  sharing: ApiSharing.optional(),
}).meta({ id: "MacroInput" });

export const ApiMacroPatch = ApiMacroInput.partial().meta({ id: "MacroPatch" });

/** What a macro would change about a conversation. */
export const ApiMacroSet = z.strictObject({
  status: z.enum(["open", "snoozed", "closed", "spam", "trash"]).optional(),
  snoozedUntil: Iso.optional(),
  assigneeId: Id.nullable().optional(),
  teamId: Id.nullable().optional(),
  tags: z.array(z.string()).optional(),
  priority: z.enum(["low", "medium", "high", "urgent"]).nullable().optional(),
  inboxId: Id.optional(),
}).meta({ id: "MacroSet" });

export const ApiMacroPreview = z.strictObject({
  /** Empty: it says nothing. */
  text: z.string(),
  html: z.string().optional(),
  missing: z.array(z.string()),
  /** The text is sent at once, not put into the composer. */
  sendsReply: z.boolean(),
  comments: z.array(z.string()),
  set: ApiMacroSet,
}).meta({ id: "MacroPreview" });

export const ApiMacroRunInput = z.strictObject({
  /** The conversation version its author saw. */
  ifVersion: z.int().nonnegative().optional(),
  /** Of a reply it sends; absent: the channel's. */
  undoSeconds: z.int().min(0).max(30).optional(),
}).meta({ id: "MacroRunInput" });

export const ApiMacroRun = z.strictObject({
  conversation: ApiConversation,
  /** What it sent or noted. */
  messages: z.array(ApiMessage),
  /** For the composer; null where it has no words, or sent them. */
  compose: ApiFilledSnippet.nullable(),
  /** Why its comment is missing, when everything else was done. */
  failed: z.string().nullable(),
}).meta({ id: "MacroRun" });
export type ApiMacroRun = z.infer<typeof ApiMacroRun>;
