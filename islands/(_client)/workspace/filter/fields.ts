/** What a filter can ask, in words: the fields of the builder with what each can be compared with. */
import { channelLook } from "../../../(_components)/channel_look.ts";
import type { Option } from "../../../(_components)/Select.tsx";
import type { ViewCondition } from "../../../../core/model/view_filter.ts";
import { LANE_WORDS } from "../view_words.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

export type FieldName = ViewCondition["field"];
/** How a value is entered. */
export type FieldKind = "choice" | "text" | "time" | "flag";

interface FieldWords {
  readonly label: string;
  readonly kind: FieldKind;
}

export const FIELDS: Readonly<Record<FieldName, FieldWords>> = {
  status: { label: "Status", kind: "choice" },
  assignee: { label: "Assigned to", kind: "choice" },
  team: { label: "Team", kind: "choice" },
  inbox: { label: "Inbox", kind: "choice" },
  channel: { label: "Channel", kind: "choice" },
  channelType: { label: "Kind of channel", kind: "choice" },
  tag: { label: "Tag", kind: "choice" },
  priority: { label: "Priority", kind: "choice" },
  lane: { label: "Begun by", kind: "choice" },
  contact: { label: "Contact's name", kind: "text" },
  subject: { label: "Subject", kind: "text" },
  waitingSince: { label: "Waiting for", kind: "time" },
  lastMessage: { label: "Last message", kind: "time" },
  created: { label: "Created", kind: "time" },
  updated: { label: "Changed", kind: "time" },
  snoozedUntil: { label: "Snooze ends in", kind: "time" },
  unread: { label: "Unread", kind: "flag" },
  waiting: { label: "Customer waits", kind: "flag" },
  failed: { label: "Reply not delivered", kind: "flag" },
};

const CHOICE_IS: readonly Option[] = [
  { value: "any", label: "is" },
  { value: "none", label: "is not" },
];
const TEXT_IS: readonly Option[] = [
  { value: "contains", label: "contains" },
  { value: "lacks", label: "does not contain" },
];
const TIME_IS: readonly Option[] = [
  { value: "over", label: "more than" },
  { value: "under", label: "less than" },
];
const FLAG_IS: readonly Option[] = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];

/** The comparisons of a field. */
export function comparisonsOf(field: FieldName): readonly Option[] {
  return { choice: CHOICE_IS, text: TEXT_IS, time: TIME_IS, flag: FLAG_IS }[FIELDS[field].kind];
}

/** What a field can be compared with, for fields that are one of several. */
export function choicesOf(model: WorkspaceModel, field: FieldName): readonly Option[] {
  const { inboxes, channels, traits, people, teams, me } = model.data;
  const named = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  switch (field) {
    case "status":
      return ["Open", "Snoozed", "Closed", "Spam", "Trash"]
        .map((label) => ({ value: label.toLowerCase(), label }));
    case "priority":
      return ["Urgent", "High", "Medium", "Low", "None"]
        .map((label) => ({ value: label.toLowerCase(), label }));
    case "lane":
      return [
        { value: "none", label: "A person" },
        ...Object.entries(LANE_WORDS).map(([value, label]) => ({ value, label })),
      ];
    case "inbox":
      return named(inboxes);
    case "channel":
      return named(channels);
    case "channelType":
      return Object.entries(traits).map(([value, { title }]) => ({
        value,
        label: title || channelLook(value).label,
      }));
    case "assignee":
      return [
        { value: "me", label: "Whoever looks" },
        { value: "nobody", label: "Nobody" },
        ...named(people.filter(({ active, id }) => active || id === me.id)),
      ];
    case "team":
      return [{ value: "nobody", label: "No team" }, ...named(teams)];
    case "tag":
      return tagsOf(model).map((name) => ({ value: name, label: name }));
    default:
      return [];
  }
}

/** Tags of what is on screen: others can be typed. */
function tagsOf(model: WorkspaceModel): readonly string[] {
  const names = model.conversations.rows.peek().flatMap(({ tags }) => tags);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

/** A condition of a field as it begins. */
export function conditionFor(field: FieldName): ViewCondition {
  switch (field) {
    case "status":
      return { field, is: "any", value: ["open"] };
    case "priority":
      return { field, is: "any", value: ["urgent"] };
    case "lane":
      return { field, is: "any", value: ["none"] };
    case "assignee":
      return { field, is: "any", value: ["me"] };
    case "team":
      return { field, is: "any", value: ["nobody"] };
    case "inbox":
    case "channel":
    case "channelType":
    case "tag":
      return { field, is: "any", value: [] };
    case "contact":
    case "subject":
      return { field, is: "contains", value: "" };
    case "waitingSince":
    case "lastMessage":
    case "created":
    case "updated":
    case "snoozedUntil":
      return { field, is: "over", value: { amount: 24, unit: "hours" } };
    case "unread":
    case "waiting":
    case "failed":
      return { field, is: "equal", value: true };
  }
  return field satisfies never;
}
