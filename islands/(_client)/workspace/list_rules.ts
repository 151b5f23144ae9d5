/** What a list holds besides what its address says: whose it is, when, and what a saved view asks. */
import { readFilter } from "./read_filter.ts";
import { isSavedView, type ListName } from "./workspace_route.ts";
import type { ViewFilter } from "../../../core/model/view_filter.ts";

export interface ListRules {
  /** Id of the signed-in user. */
  readonly me: string;
  /** Epoch ms. */
  now(): number;
  /** Of a saved view; null when there is none, or no longer. */
  savedFilter(viewId: string): ViewFilter | null;
}

/** The filter of a list that has one; null for one that holds nothing, undefined where the address says all. */
export function filterOfList(list: ListName, rules: ListRules): ViewFilter | null | undefined {
  if (isSavedView(list.view)) return rules.savedFilter(list.view);
  return list.view === "filter" ? readFilter(list.filter) : undefined;
}
