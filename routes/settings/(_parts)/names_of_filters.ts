import type { Core, Principal } from "@/core/mod.ts";
import type { ViewCondition } from "@/core/model/view_filter.ts";
import { LANE_WORDS } from "@/islands/(_client)/workspace/view_words.ts";

/** What filters name by id, in words; what the reader does not see, or is gone, says so. */
export async function namesOfFilters(
  core: Core,
  principal: Principal,
): Promise<(field: ViewCondition["field"], value: string) => string> {
  const [inboxes, channels, users, teams] = await Promise.all([
    core.inboxes.list(principal),
    core.channels.list(principal),
    core.access.users(principal),
    core.teams.list(principal),
  ]);
  const types = core.channels.types();
  const named = [inboxes, channels, users, teams].flatMap((all): readonly {
    readonly id: string;
    readonly name: string;
  }[] => all.ok ? all.value : []);
  const names = new Map<string, string>([
    ...named.map(({ id, name }) => [id, name] as const),
    ...types.map(({ type, title }) => [type, title] as const),
    ...Object.entries(LANE_WORDS),
  ]);
  return (field, value) => {
    switch (field) {
      case "tag":
      case "status":
      case "priority":
        return value;
      case "lane":
        return value === "none" ? "a person" : names.get(value) ?? value;
      default:
        return value === "me" || value === "nobody" ? value : names.get(value) ?? "something gone";
    }
  };
}
