import type { Principal } from "../access/mod.ts";
import type { LetterStyle } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Conversation } from "../model/conversation.ts";
import { keys } from "../store/mod.ts";

/**
 * How a letter of this author begins and ends, by the channel's settings as they are now; null where no letters are
 * written, or the settings cannot be read.
 */
export async function readLetterStyle(
  context: Pick<CoreContext, "store">,
  channels: Pick<Channels, "open">,
  principal: Principal,
  conversation: Pick<Conversation, "channelId" | "contactName">,
): Promise<LetterStyle | null> {
  const userId = principal.type === "user" ? principal.user.id : null;
  return await letterStyleOf(context, channels, userId, conversation);
}

/** The same for an author by id; null for who is no person. */
export async function letterStyleOf(
  { store }: Pick<CoreContext, "store">,
  channels: Pick<Channels, "open">,
  userId: string | null,
  { channelId, contactName }: Pick<Conversation, "channelId" | "contactName">,
): Promise<LetterStyle | null> {
  const opened = await channels.open(channelId);
  if (!opened.ok) return null;
  const { adapter, view } = opened.value;
  if (adapter.letters === undefined) return null;
  const [workspace, user] = await Promise.all([
    store.get(keys.workspace()),
    // Read anew: they may have just changed their signature.
    userId === null ? null : store.get(keys.user(userId)),
  ]);
  return adapter.letters.style(view.config, {
    agent: user === null
      ? null
      : { name: user.name, meetingLink: user.meetingLink ?? "", signature: user.signature ?? "" },
    workspaceName: workspace?.name ?? "",
    // A customer nobody knows by name is called by their address elsewhere, not in a letter.
    contactName: contactName.includes("@") ? "" : contactName,
  });
}
