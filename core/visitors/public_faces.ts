import { readMembers } from "../access/mod.ts";
import { keys } from "../store/mod.ts";
import type { Face, VisitorsContext } from "./types.ts";
import { avatarUrl } from "./views.ts";

const MAX_FACES = 3;

/** Who of an inbox's team strangers see before they write: at most three, those available first. */
export async function publicFaces(
  context: Pick<VisitorsContext, "store" | "attachments">,
  inboxId: string,
): Promise<{ readonly faces: readonly Face[]; readonly isOnline: boolean }> {
  const inbox = await context.store.get(keys.inbox(inboxId));
  const memberIds = inbox === null ? [] : [...await readMembers(context.store, inbox)];
  const members = await context.store.getMany(memberIds.map((id) => keys.user(id)));
  const team = members.filter((user) => user !== null)
    .filter((user) => user.active && user.role !== "viewer");
  const available = team.filter((user) => user.availability === "available");
  const away = team.filter((user) => user.availability === "away");
  const shown = [...available, ...away].slice(0, MAX_FACES);
  const faces = await Promise.all(shown.map(async (user) => ({
    name: user.name,
    avatarUrl: await avatarUrl(context, user),
  })));
  return { faces, isOnline: available.length > 0 };
}
