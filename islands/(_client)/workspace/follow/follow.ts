/** Who follows what, as far as this page has asked; fetched when it is first needed. */
import type { ApiConversation, ApiFollowers } from "../../../../core/model/api.ts";
import { fail } from "../fail.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** Asks who follows a conversation now. What cannot be had is left as it was. */
export async function loadFollowers(model: WorkspaceModel, id: string): Promise<void> {
  const answer = await model.ports.api.followers(id);
  if (answer.ok) keep(model, id, answer.value);
}

/**
 * Follows what the action is about, or stops when all of it is followed already; it can be taken back. The same for
 * one conversation and for many.
 */
export async function toggleFollow(
  model: WorkspaceModel,
  targets: readonly ApiConversation[],
): Promise<void> {
  const unknown = targets.filter(({ id }) => !model.followers.peek().has(id));
  await Promise.all(unknown.map(({ id }) => loadFollowers(model, id)));
  const isFollowed = ({ id }: ApiConversation) =>
    model.followers.peek().get(id)?.isFollowing === true;
  const isFollowing = !targets.every(isFollowed);
  const changing = targets.filter((one) => isFollowed(one) !== isFollowing);
  if (changing.length === 0 || !await setFollowing(model, changing, isFollowing)) return;
  const words = isFollowing ? "You follow this" : "You no longer follow this";
  model.toasts.show({
    icon: "bell",
    text: changing.length === 1 ? words : `${words}: ${changing.length} conversations`,
    isUndo: true,
    action: {
      label: "Undo",
      run: () => void setFollowing(model, changing, !isFollowing),
    },
  });
}

/** @returns false when any of it was refused, which is said. */
async function setFollowing(
  model: WorkspaceModel,
  conversations: readonly ApiConversation[],
  isFollowing: boolean,
): Promise<boolean> {
  const answers = await Promise.all(conversations.map(async ({ id }) => {
    const answer = await model.ports.api.follow(id, isFollowing);
    if (answer.ok) keep(model, id, answer.value);
    return answer;
  }));
  const refused = answers.find((answer) => !answer.ok);
  if (refused === undefined || refused.ok) return true;
  fail(model, "Not changed", refused.error);
  return false;
}

function keep(model: WorkspaceModel, id: string, followers: ApiFollowers): void {
  model.followers.value = new Map(model.followers.peek()).set(id, followers);
}
