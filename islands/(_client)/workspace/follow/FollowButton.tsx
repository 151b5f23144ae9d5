import { useEffect } from "preact/hooks";
import type { ApiConversation } from "../../../../core/model/api.ts";
import { Icon } from "../../../(_components)/Icon.tsx";
import { keysOf } from "../shortcuts.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { loadFollowers, toggleFollow } from "./follow.ts";

/** Names that fit into a tooltip. */
const MAX_NAMES = 10;

/** Whether the reader follows the open conversation, who else does, and the way to change it. */
export function FollowButton({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const { id, version } = conversation;
  // Whoever comments, or is named in a comment, follows: each makes another version.
  useEffect(() => void loadFollowers(model, id), [id, version]);
  const followers = model.followers.value.get(id);
  const isFollowing = followers?.isFollowing === true;
  const names = (followers?.userIds ?? []).map((userId) => nameOf(model, userId));
  const who = names.length === 0
    ? "Nobody follows this"
    : `Followed by ${names.slice(0, MAX_NAMES).join(", ")}` +
      (names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "");
  return (
    <button
      type="button"
      class="button follow"
      data-kind="ghost"
      data-size="small"
      aria-pressed={isFollowing ? "true" : "false"}
      aria-busy={followers === undefined ? "true" : undefined}
      title={`${isFollowing ? "Stop following" : "Follow"} (${keysOf("follow")}). ${who}`}
      onClick={() => void toggleFollow(model, [conversation])}
    >
      <Icon name="bell" size={14} />
      <span class="roomy">{isFollowing ? "Following" : "Follow"}</span>
      <span class="sr">. {who}</span>
      {names.length > 0 && <span class="num" aria-hidden="true">{names.length}</span>}
    </button>
  );
}

function nameOf({ data }: WorkspaceModel, userId: string): string {
  if (userId === data.me.id) return "you";
  return data.people.find(({ id }) => id === userId)?.name ?? "somebody who is gone";
}
