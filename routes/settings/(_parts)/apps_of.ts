import type { ChannelType, ShownApp } from "@/core/mod.ts";
import type { State } from "../../(_shared)/define.ts";
import { must } from "./must.ts";
import { userWho } from "./settings_frame.ts";

/** The apps that channels of a kind may use; its type is null when it is not installed. */
export async function appsOf(
  state: State,
  type: Pick<ChannelType, "apps"> | null,
): Promise<readonly ShownApp[]> {
  if (type === null || type.apps.length === 0) return [];
  const all = must(await state.core.apps.list(userWho(state, "channel.manage")));
  return all.filter(({ adapter }) => type.apps.includes(adapter));
}
