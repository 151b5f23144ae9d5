/** What a quiet line of a thread says. */
import type { ApiMessage } from "../../../core/model/api.ts";
import type { IconName } from "../../(_components)/icon_names.ts";

export interface EventWords {
  readonly icon: IconName;
  /** Read one after another; names stand out. */
  readonly parts: readonly {
    readonly text: string;
    readonly isName?: boolean;
    /** Leads there. */
    readonly conversationId?: string;
  }[];
}

const STATUS_VERBS: Readonly<Record<string, { readonly icon: IconName; readonly verb: string }>> = {
  open: { icon: "half", verb: "opened this again" },
  closed: { icon: "done", verb: "closed this" },
  snoozed: { icon: "snooze", verb: "snoozed this" },
  spam: { icon: "spam", verb: "marked this as spam" },
  trash: { icon: "trash", verb: "moved this to the trash" },
};

/** @param me id of the reader, who is called "You". Unknown kinds of event fall back to the message's text. */
export function eventWords({ event, author, text, status }: ApiMessage, me: string): EventWords {
  const who = author.id === me ? "You" : author.name;
  const by = (icon: IconName, verb: string, name?: string, rest = ""): EventWords => ({
    icon,
    parts: [
      { text: who, isName: true },
      { text: ` ${verb}${name === undefined ? "" : " "}` },
      ...(name === undefined ? [] : [{ text: name, isName: true }]),
      ...(rest === "" ? [] : [{ text: rest }]),
    ],
  });
  if (event?.type === "mailed") return mailed(status, event.to);
  if (status === "canceled") return by("history", "took a reply back before it was sent");
  switch (event?.type) {
    case "created":
      return by("chat", "started this conversation");
    case "assigned": {
      if (event.to === null) return by("user", "gave this back to everyone");
      if (event.to === author.id) return by("assign", "took this");
      return by("assign", "assigned this to", event.to === me ? "you" : event.toName ?? "somebody");
    }
    case "team":
      return event.to === null
        ? by("assign", "took the team away")
        : by("assign", "assigned this to", event.toName ?? "a team");
    case "status": {
      if (event.from === "snoozed" && event.to === "open" && author.type === "system") {
        return { icon: "snooze", parts: [{ text: "Back: this was snoozed until now" }] };
      }
      const { icon, verb } = STATUS_VERBS[event.to ?? ""] ?? { icon: "info", verb: "changed this" };
      return by(icon, verb);
    }
    case "moved":
      return by("inbox", "moved this to", event.toName ?? "another inbox");
    case "priority":
      return event.to === null
        ? by("star", "took the priority away")
        : by("star", "set the priority to", event.to);
    case "tags":
      return taggedWords(who, event.from ?? "", event.to ?? "");
    case "subject":
      return by("pencil", "renamed this to", event.to ?? "");
    case "split_to":
      return toOther("split", who, "made a conversation of its own out of what followed:", {
        id: event.to,
        name: event.toName,
      });
    case "split_from":
      return toOther("split", who, "split this off from", { id: event.from, name: event.fromName });
    case "merged_from": {
      const other = { id: event.from, name: event.fromName };
      const { icon, parts } = toOther("merge", who, "merged this in:", other);
      return { icon, parts: text === "" ? parts : [...parts, { text: `, ${text}` }] };
    }
    case "bounced":
      return aboutMail("warning", "Not delivered to", event.to, text);
    case "delayed":
      return aboutMail("clock", "Not yet delivered to", event.to, text);
    case "control":
      return { icon: "info", parts: [{ text: text || inWords(event.to ?? "") }] };
    case "identity_conflict":
      return {
        icon: "warning",
        parts: [
          { text: event.from ?? "", isName: true },
          { text: " is now " },
          { text: event.to ?? "", isName: true },
          { text: ", who is somebody else here. Both contacts are kept" },
        ],
      };
    default:
      return { icon: "info", parts: [{ text }] };
  }
}

/** @param from names as they were, with commas between them */
function taggedWords(who: string, from: string, to: string): EventWords {
  const [before, after] = [from, to].map((names) => names.split(", ").filter(Boolean));
  const added = after?.filter((name) => !before?.includes(name)) ?? [];
  const removed = before?.filter((name) => !after?.includes(name)) ?? [];
  const parts: { text: string; isName?: boolean }[] = [{ text: who, isName: true }];
  if (added.length > 0) {
    parts.push({ text: ` added the ${added.length === 1 ? "tag" : "tags"} ` });
    parts.push({ text: added.join(", "), isName: true });
  }
  if (removed.length > 0) {
    parts.push({ text: `${added.length > 0 ? " and" : ""} took off ` });
    parts.push({ text: removed.join(", "), isName: true });
  }
  if (parts.length === 1) parts.push({ text: " put the tags in another order" });
  return { icon: "tag", parts };
}

/** "thread_taken" as a line reads it: "Thread taken". */
function inWords(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Answers of a chat on their way to a visitor who left. */
function mailed(status: ApiMessage["status"], address: string | null): EventWords {
  const words = MAILED_WORDS[status] ?? "Sent by email to";
  return {
    icon: "mail",
    parts: [{ text: `${words} ` }, { text: address ?? "the visitor", isName: true }],
  };
}

const MAILED_WORDS: Partial<Record<ApiMessage["status"], string>> = {
  queued: "On its way by email to",
  sending: "On its way by email to",
  failed: "Not delivered by email to",
  ambiguous: "Perhaps not delivered by email to",
  canceled: "Read in the chat before it went by email to",
};

function toOther(
  icon: IconName,
  who: string,
  words: string,
  other: { readonly id: string | null; readonly name: string | undefined },
): EventWords {
  const name = other.name ?? "another one";
  return {
    icon,
    parts: [
      { text: who, isName: true },
      { text: ` ${words} ` },
      other.id === null ? { text: name } : { text: name, conversationId: other.id },
    ],
  };
}

function aboutMail(icon: IconName, words: string, address: string | null, why: string): EventWords {
  return {
    icon,
    parts: [
      { text: `${words} ` },
      { text: address ?? "the customer", isName: true },
      { text: `. ${why}` },
    ],
  };
}
