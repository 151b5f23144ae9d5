import { conditionsOf } from "../../../core/model/match_filter.ts";
import type { ViewFilter } from "../../../core/model/view_filter.ts";
import type { WorkspaceData } from "./workspace_data.ts";

type Known = Pick<WorkspaceData, "channels" | "inboxes" | "people" | "teams" | "traits">;

/**
 * What a filter asks for that is gone, or not the reader's to see: "channel", "team". Nothing is found by it.
 * Tags are names, which may come back.
 */
export function missingInFilter(filter: ViewFilter, known: Known): readonly string[] {
  const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);
  const places: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    inbox: ["inbox", ids(known.inboxes)],
    channel: ["channel", ids(known.channels)],
    channelType: ["kind of channel", Object.keys(known.traits)],
    assignee: ["person", ["me", "nobody", ...ids(known.people)]],
    team: ["team", ["nobody", ...ids(known.teams)]],
  };
  const missing = conditionsOf(filter).flatMap(({ field, value }) => {
    const [word = "", there = []] = places[field] ?? [];
    return Array.isArray(value) && word !== "" && value.some((one) => !there.includes(one))
      ? [word]
      : [];
  });
  return [...new Set(missing)];
}
