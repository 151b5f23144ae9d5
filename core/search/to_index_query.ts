import type { Channel } from "../model/channel.ts";
import type { Inbox } from "../model/inbox.ts";
import type { User } from "../model/user.ts";
import type { ConversationFilter, IndexFacet, IndexQuery, IndexTerm } from "./index_port.ts";
import type { ParsedQuery, SearchFilter } from "./parse_query.ts";
import { toTerm } from "./to_term.ts";
import { foldWord } from "./words.ts";

/** The names a filter may mean. */
export interface KnownNames {
  /** Who asks, for "me"; null for a token. */
  readonly me: User | null;
  readonly users: readonly User[];
  readonly inboxes: readonly Inbox[];
  /** With what customers call the kind of each. */
  readonly channels: readonly (Channel & { readonly label: string })[];
  /** Contacts that some words may mean. */
  contactsOf(words: readonly string[]): Promise<readonly string[]>;
}

/** A query as the index takes it, and what of it nobody understood. */
export interface ReadQuery {
  readonly query: IndexQuery;
  readonly unclear: readonly string[];
  /** Only what the caller has not read, or only what they have; null: both. */
  readonly isUnread: boolean | null;
}

const HAS: Readonly<Record<string, IndexFacet>> = {
  file: "file",
  files: "file",
  attachment: "file",
  image: "image",
  images: "image",
  photo: "image",
  comment: "comment",
  reply: "reply",
};
const STATUSES = ["open", "snoozed", "closed", "spam", "trash"];
/** In no answer unless they are asked for. */
export const HIDDEN = ["spam", "trash"];
const NUMBER = /^#(\d{1,12})$/;

/** Looks up the names in a query. What is not understood narrows nothing and is told. */
export async function toIndexQuery(parsed: ParsedQuery, names: KnownNames): Promise<ReadQuery> {
  const terms: IndexTerm[] = [];
  const where: ConversationFilter[] = [];
  const facets: IndexQuery["facets"][number][] = [];
  const unclear = [...parsed.unclear];
  let isUnread: boolean | null = null;
  const add = (term: IndexTerm | null) => {
    if (term !== null) terms.push(term);
  };

  for (const { text, isExact, isNot } of parsed.words) {
    const number = isExact ? undefined : NUMBER.exec(text)?.[1];
    if (number !== undefined) where.push({ field: "number", values: [Number(number)], isNot });
    else add(toTerm(text, { isExact, isNot }));
  }
  for (const filter of parsed.filters) {
    const { field, value, isNot } = filter;
    const list = (
      name: ConversationFilter["field"],
      values: ConversationFilter["values"] | null,
    ) => {
      if (values === null || values.length === 0) unclear.push(wordsOfFilter(filter));
      else where.push({ field: name, values, isNot });
    };
    switch (field) {
      case "from":
      case "to":
      case "subject": {
        const name = field !== "subject" && value === "me" ? names.me?.name ?? value : value;
        const isExact = field === "subject" ? false : value === "me";
        add(toTerm(name, { place: field, isExact, isNot }));
        break;
      }
      case "tag":
        list("tag", [value === "none" ? null : value.toLowerCase()]);
        break;
      case "channel":
        list("channelId", idsOf(names.channels, value, (one) => [one.name, one.label, one.type]));
        break;
      case "inbox":
        list("inboxId", idsOf(names.inboxes, value, ({ name }) => [name]));
        break;
      case "assignee":
        list("assigneeId", assigneesOf(value, names));
        break;
      case "contact":
        list("contactId", await contactsOf(value, names));
        break;
      case "has": {
        const facet = HAS[value.toLowerCase()];
        if (facet === undefined) unclear.push(wordsOfFilter(filter));
        else facets.push({ facet, isNot });
        break;
      }
      case "is": {
        const is = value.toLowerCase();
        if (is === "unread" || is === "read") isUnread = (is === "unread") !== isNot;
        else if (is === "mine") list("assigneeId", assigneesOf("me", names));
        else if (is === "unassigned") list("assigneeId", [null]);
        else if (is === "assigned") {
          where.push({ field: "assigneeId", values: [null], isNot: !isNot });
        } else list("status", STATUSES.includes(is) ? [is] : null);
        break;
      }
      default:
        field satisfies never;
    }
  }
  const asksForHidden = where.some(({ field, values }) =>
    field === "status" && values.some((value) => HIDDEN.includes(String(value)))
  );
  if (!asksForHidden) where.push({ field: "status", values: HIDDEN, isNot: true });
  const { sinceAt, beforeAt } = parsed;
  return { query: { terms, facets, where, sinceAt, beforeAt }, unclear, isUnread };
}

function assigneesOf(value: string, { me, users }: KnownNames): readonly (string | null)[] | null {
  if (value === "none") return [null];
  if (value === "me") return me === null ? null : [me.id];
  return idsOf(users, value, ({ name, email }) => [name, email]);
}

async function contactsOf(value: string, names: KnownNames): Promise<readonly string[]> {
  if (value.startsWith("con_")) return [value];
  return await names.contactsOf(toTerm(value, {})?.words ?? []);
}

/** Ids of those that are called so, else of those whose name holds it, however it is written. */
function idsOf<T extends { readonly id: string }>(
  all: readonly T[],
  value: string,
  namesOf: (one: T) => readonly string[],
): readonly string[] {
  const wanted = foldWord(value);
  const named = all.map((one) => ({ id: one.id, names: [one.id, ...namesOf(one)].map(foldWord) }));
  const called = named.filter(({ names }) => names.includes(wanted));
  const found = called.length > 0
    ? called
    : named.filter(({ names }) => names.some((name) => name.includes(wanted)));
  return found.map(({ id }) => id);
}

function wordsOfFilter({ field, value, isNot }: SearchFilter): string {
  return `${isNot ? "-" : ""}${field}:${value}`;
}
