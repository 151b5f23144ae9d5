/** What the database holds, as data: the fields of every stored noun, and where each kind of key begins. */
import { z } from "zod";
import { App } from "../../core/model/app.ts";
import { LogEntry } from "../../core/model/change.ts";
import { Channel } from "../../core/model/channel.ts";
import { Contact } from "../../core/model/contact.ts";
import { ContactNote } from "../../core/model/contact_note.ts";
import { Conversation } from "../../core/model/conversation.ts";
import { DraftContent, DraftLine } from "../../core/model/draft.ts";
import { Inbox } from "../../core/model/inbox.ts";
import { Macro } from "../../core/model/macro.ts";
import { Message } from "../../core/model/message.ts";
import { Snippet } from "../../core/model/snippet.ts";
import { Team } from "../../core/model/team.ts";
import { Tag } from "../../core/model/tag.ts";
import { User } from "../../core/model/user.ts";
import { View } from "../../core/model/view.ts";
import { sha256 } from "../../core/sha256.ts";
import { keys } from "../../core/store/mod.ts";

const STORED = {
  App,
  Channel,
  Contact,
  ContactNote,
  Conversation,
  DraftContent,
  DraftLine,
  Inbox,
  LogEntry,
  Macro,
  Message,
  Snippet,
  Tag,
  Team,
  User,
  View,
};

/** By noun and field: a hash of the field's JSON Schema, and whether it must be there. */
export function storedShapes(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    Object.entries(STORED).map(([noun, model]) => {
      const { properties = {}, required = [] } = z.toJSONSchema(model, { unrepresentable: "any" });
      const fields = Object.entries(properties).map(([name, schema]) => {
        const presence = required.includes(name) ? "" : "?";
        return [`${name}${presence}`, sha256(JSON.stringify(schema)).slice(0, 8)];
      });
      return [noun, Object.fromEntries(fields.sort())];
    }),
  );
}

/** By builder: the first part of its key and how many parts it has, or the beginning of its range and a star. */
export function keyShapes(): Readonly<Record<string, string>> {
  // Whatever a builder takes ends up as a part of the key, and any text is one.
  const builders = Object.entries(keys) as unknown as [
    string,
    (...parts: string[]) => { readonly path: unknown[] } | { readonly start: unknown[] },
  ][];
  return Object.fromEntries(builders.map(([name, build]) => {
    const made = build("a", "b", "c", "d", "e");
    return [name, "path" in made ? `${made.path[0]}/${made.path.length}` : `${made.start[0]}*`];
  }));
}
