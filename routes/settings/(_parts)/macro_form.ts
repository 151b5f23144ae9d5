/** A macro as its form holds it: every action once, in an order that makes sense. */
import type { MacroAction } from "@/core/model/macro.ts";
import type { MacroInput } from "@/core/mod.ts";
import { formText } from "../../(_shared)/read_form.ts";
import { sharingOf } from "./sharing_field.ts";

export const MACRO_LABELS = {
  name: "Name",
  folder: "Folder",
  when: "Offered",
  text: "Words",
  sends: "Send the words at once",
  tagsAdd: "Tags to add",
  tagsRemove: "Tags to take away",
  priority: "Priority",
  assign: "Assign to",
  team: "Give to the team",
  move: "Move to",
  comment: "Comment for the team",
  status: "Then",
  snoozeCount: "Snooze for",
  sharing: "Who may use it",
} as const;

/** What stands in the fields; empty: leave it as it is. */
export type MacroValues =
  & Readonly<
    Record<Exclude<keyof typeof MACRO_LABELS, "sends"> | "snoozeUnit", string>
  >
  & { readonly sends: boolean };

/** Of a snooze: minutes in each unit. */
export const UNITS = { minutes: 1, hours: 60, days: 24 * 60, weeks: 7 * 24 * 60 } as const;

export const EMPTY_MACRO: MacroValues = {
  name: "",
  folder: "",
  when: "any",
  text: "",
  sends: false,
  tagsAdd: "",
  tagsRemove: "",
  priority: "",
  assign: "",
  team: "",
  move: "",
  comment: "",
  status: "",
  snoozeCount: "1",
  snoozeUnit: "days",
  sharing: "private",
};

export function readMacroForm(form: FormData): MacroValues {
  const read = Object.fromEntries(
    Object.keys(EMPTY_MACRO).map((name) => [name, formText(form, name).replaceAll("\r\n", "\n")]),
  );
  return { ...EMPTY_MACRO, ...read, sends: formText(form, "sends") !== "" };
}

/** As the core takes it: what is wrong with a value, it says. */
export function macroInput(values: MacroValues): MacroInput {
  const { name, folder, text, sharing } = values;
  return {
    name,
    folder: folder.trim(),
    text,
    actions: actionsOf(values),
    when: WHENS.find((when) => when === values.when) ?? "any",
    sharing: sharingOf(sharing),
  };
}

const WHENS = ["any", "reply", "comment", "start"] as const;
const PRIORITIES = ["low", "medium", "high", "urgent"] as const;
const STATUSES = ["open", "closed", "spam", "trash"] as const;

function actionsOf(values: MacroValues): NonNullable<MacroInput["actions"]> {
  const { sends, tagsAdd, tagsRemove, assign, team, move, comment } = values;
  const add = tagsOf(tagsAdd);
  const remove = tagsOf(tagsRemove);
  const priority = PRIORITIES.find((one) => one === values.priority);
  const status = STATUSES.find((one) => one === values.status);
  return [
    ...sends ? [{ type: "reply" as const }] : [],
    ...add.length + remove.length > 0 ? [{ type: "tags" as const, add, remove }] : [],
    ...priority || values.priority === "none"
      ? [{ type: "priority" as const, priority: priority ?? null }]
      : [],
    ...assign === "" ? [] : [{ type: "assign" as const, to: assign }],
    ...team === "" ? [] : [{ type: "team" as const, teamId: team === "none" ? null : team }],
    ...comment.trim() === "" ? [] : [{ type: "comment" as const, text: comment }],
    ...status === undefined ? [] : [{ type: "status" as const, status }],
    ...values.status === "snoozed" ? [{ type: "snooze" as const, minutes: minutesOf(values) }] : [],
    ...move === "" ? [] : [{ type: "move" as const, inboxId: move }],
  ];
}

/** The path of an action's field in the core, as the form's field. */
export function macroFieldOf(path: string, values: MacroValues): string {
  const [, index, field] = /^actions\.(\d+)(?:\.(\w+))?/.exec(path) ?? [];
  const action = actionsOf(values)[Number(index)];
  switch (action?.type) {
    case "tags":
      return field === "remove" ? "tagsRemove" : "tagsAdd";
    case "snooze":
      return "snoozeCount";
    case "reply":
      return "sends";
    case "assign":
    case "team":
    case "priority":
    case "comment":
    case "status":
    case "move":
      return action.type;
    case undefined:
      return path;
  }
}

/** The fields of a stored macro. Of actions of one kind the last stands; tags come together. */
export function macroValues(
  { name, folder, when, text, actions }: {
    readonly name: string;
    readonly folder: string;
    readonly when: string;
    readonly text: string;
    readonly actions: readonly MacroAction[];
  },
  sharing: string,
): MacroValues {
  return actions.reduce<MacroValues>(withAction, {
    ...EMPTY_MACRO,
    name,
    folder,
    when,
    text,
    sharing,
  });
}

function withAction(values: MacroValues, action: MacroAction): MacroValues {
  switch (action.type) {
    case "reply":
      return { ...values, sends: true };
    case "status":
      return { ...values, status: action.status };
    case "snooze": {
      const [unit, size] = Object.entries(UNITS)
        .findLast(([, size]) => action.minutes % size === 0) ?? ["minutes", 1];
      const snoozeCount = String(action.minutes / size);
      return { ...values, status: "snoozed", snoozeCount, snoozeUnit: unit };
    }
    case "assign":
      return { ...values, assign: action.to };
    case "team":
      return { ...values, team: action.teamId ?? "none" };
    case "priority":
      return { ...values, priority: action.priority ?? "none" };
    case "move":
      return { ...values, move: action.inboxId };
    case "comment":
      return { ...values, comment: action.text };
    case "tags": {
      const kept = tagsOf(values.tagsAdd).filter((tag) => !action.remove.includes(tag));
      return {
        ...values,
        tagsAdd: [...new Set([...kept, ...action.add])].join(", "),
        tagsRemove: [...new Set([...tagsOf(values.tagsRemove), ...action.remove])]
          .filter((tag) => !action.add.includes(tag)).join(", "),
      };
    }
  }
}

function tagsOf(typed: string): string[] {
  return [...new Set(typed.split(",").map((tag) => tag.trim()))].filter(Boolean);
}

/** NaN for what is no number: the core says what it takes. */
function minutesOf({ snoozeCount, snoozeUnit }: MacroValues): number {
  const size = Object.entries(UNITS).find(([unit]) => unit === snoozeUnit)?.[1] ?? NaN;
  return snoozeCount.trim() === "" ? NaN : Number(snoozeCount) * size;
}
