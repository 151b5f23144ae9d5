import {
  type ChannelView,
  err,
  type Io,
  ok,
  type OutboundPart,
  type Result,
} from "../../core/channel/mod.ts";
import { pageAccess } from "./access.ts";
import type { MessengerConfig } from "./config.ts";
import { callGraph } from "./meta/mod.ts";
import { psidOf } from "./psid.ts";

/** Shows a customer that somebody writes, or that their messages were seen. */
export async function showAction(
  action: "typing_on" | "mark_seen",
  recipient: OutboundPart["recipient"],
  channel: ChannelView<MessengerConfig>,
  io: Io,
): Promise<Result<null, string>> {
  const access = pageAccess(channel);
  if (!access.ok) return access;
  const { pageId } = access.value;
  const psid = psidOf(recipient.identities, pageId);
  if (psid === null) return err("This customer never wrote to this Page.");
  const path = `${encodeURIComponent(pageId)}/messages`;
  const body = { recipient: { id: psid }, sender_action: action };
  const called = await callGraph({ method: "POST", path, body }, access.value, io);
  return called.ok ? ok(null) : err(called.error.message);
}
