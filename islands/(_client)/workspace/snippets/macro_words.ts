/** What macros do, in words: in menus, in their preview and in the settings. */
import type { ApiMacro, ApiMacroAction } from "../../../../core/model/api_snippets.ts";

/** Whom and what a macro may name. */
export interface MacroNames {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly inboxes: readonly { readonly id: string; readonly name: string }[];
}

/** All a macro does in one line: "Write a reply, tag parts, snooze 5 days". */
export function macroWords(
  { text, actions }: Pick<ApiMacro, "text" | "actions">,
  names: MacroNames,
): string {
  const sends = actions.some(({ type }) => type === "reply");
  const parts = [
    ...text !== "" && !sends ? ["write the text"] : [],
    ...actions.map((action) => actionWords(action, names)),
  ];
  const words = parts.join(", ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** One action: "assign to Ana Hoek". */
export function actionWords(
  action: ApiMacroAction,
  { people, teams, inboxes }: MacroNames,
): string {
  switch (action.type) {
    case "status":
      return STATUS_WORDS[action.status];
    case "snooze":
      return `snooze ${durationWords(action.minutes)}`;
    case "assign": {
      if (action.to === "me") return "assign to you";
      if (action.to === "nobody") return "assign to nobody";
      return `assign to ${people.find(({ id }) => id === action.to)?.name ?? "somebody who left"}`;
    }
    case "team":
      return action.teamId === null
        ? "no team"
        : `give to ${teams.find(({ id }) => id === action.teamId)?.name ?? "a team that is gone"}`;
    case "tags": {
      const { add = [], remove = [] } = action;
      return [
        ...add.length > 0 ? [`tag ${add.join(", ")}`] : [],
        ...remove.length > 0 ? [`take ${remove.join(", ")} away`] : [],
      ].join(", ");
    }
    case "priority":
      return action.priority === null ? "no priority" : `priority ${action.priority}`;
    case "move":
      return `move to ${inboxes.find(({ id }) => id === action.inboxId)?.name ?? "another inbox"}`;
    case "reply":
      return "send the reply";
    case "comment":
      return "comment";
  }
}

const STATUS_WORDS = {
  open: "open",
  closed: "close",
  spam: "mark as spam",
  trash: "move to trash",
} as const;

const UNITS = [[7 * 24 * 60, "week"], [24 * 60, "day"], [60, "hour"], [1, "minute"]] as const;

/** In the largest unit that says it whole: "5 days", "90 minutes". @param minutes whole, 1 or more */
export function durationWords(minutes: number): string {
  const [size, unit] = UNITS.find(([size]) => minutes % size === 0) ?? [1, "minute"];
  const count = minutes / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
