/** What the server gives the search page: enough for the whole first screen. */
import type { ApiUser } from "@/core/model/api.ts";
import type { RailMeProps } from "../../(_components)/RailMe.tsx";
import type { TimeContext } from "../../(_components)/format_time.ts";
import type { FoundPage, SearchRoute } from "./search_model.ts";
import type { FilterNames } from "./suggest_filters.ts";

export type SearchTeammate = Pick<ApiUser, "id" | "name" | "avatarUrl">;

export interface SearchData {
  readonly me: RailMeProps["user"];
  readonly clock: TimeContext;
  readonly route: SearchRoute;
  /** Null when nothing is searched for. */
  readonly found: FoundPage | null;
  readonly people: readonly SearchTeammate[];
  readonly names: FilterNames;
}
