import type { Lane } from "./conversation.ts";

/** Whether nobody waits for an answer in a lane: kept out of "Unassigned". Behind a role address somebody may. */
export function isAside(lane: Lane | undefined): boolean {
  return lane !== undefined && lane !== "role";
}
