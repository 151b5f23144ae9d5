import { can, type Principal } from "../access/mod.ts";
import { type Capabilities, capabilitiesOf } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { putConversation } from "../conversations/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Once } from "../idempotency.ts";
import { SYSTEM } from "../model/change.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store, type Tx } from "../store/mod.ts";
import { type Posted, postMessage, type PostServices } from "./post.ts";
import { startByMail } from "./start_by_mail.ts";
import type { StartInput } from "./start_input.ts";

/** How a conversation is begun over a channel. */
export type Beginning =
  /** A letter, to whatever address. */
  | "letter"
  /** Only customers who wrote over it can be written to, and there is one thread with each. */
  | "known"
  /** Not at all. */
  | "never";

/** How conversations are begun over a channel. Pure. */
export function beginningOf({ status, capabilities, hasForm }: {
  readonly status: Channel["status"];
  readonly capabilities: Pick<Capabilities, "email" | "proactive">;
  readonly hasForm: boolean;
}): Beginning {
  if (hasForm || status === "paused") return "never";
  if (!capabilities.email) return "known";
  return capabilities.proactive ? "letter" : "never";
}

/** How many of a contact's latest conversations are looked at. */
const LOOK_BACK = 100;

/**
 * Writes to a customer first. By mail that begins a conversation, which is its author's; over a channel with one thread for each
 * customer it goes on with that one, and opens it. Errors: invalid, forbidden, not_found, conflict, unsupported, window_closed,
 * opted_out.
 */
export async function startConversation(
  context: CoreContext,
  services: PostServices,
  principal: Principal,
  input: StartInput,
  options: Once = {},
): Promise<Result<Posted, CoreError>> {
  const { store, adapters } = context;
  const channel = await store.get(keys.channel(input.channelId));
  if (channel === null || !can(principal, "inbox.read", { inboxId: channel.inboxId })) {
    return err(notFound("channel"));
  }
  if (!can(principal, "conversation.write", { inboxId: channel.inboxId })) {
    return err({ code: "forbidden" });
  }
  const adapter = adapters.get(channel.type);
  if (adapter === undefined) {
    return err({ code: "unsupported", message: "This kind of channel is no longer installed" });
  }
  const facts = {
    status: channel.status,
    capabilities: capabilitiesOf(adapter, channel.config),
    hasForm: adapter.form !== undefined,
  };
  switch (beginningOf(facts)) {
    case "letter":
      return await startByMail(context, services, principal, { input, channel, options });
    case "known":
      return await goOn(context, services, principal, { input, channel, options });
    case "never": {
      const message = channel.status === "paused"
        ? "This channel is paused: nothing is sent over it"
        : "Nobody can be written to first over this channel";
      return err({ code: "unsupported", message });
    }
  }
}

/** What begins a conversation, and where. */
export interface Start {
  readonly input: StartInput;
  readonly channel: Channel;
  readonly options: Once;
}

async function goOn(
  context: CoreContext,
  services: PostServices,
  principal: Principal,
  { input, channel, options }: Start,
): Promise<Result<Posted, CoreError>> {
  const { contactId, channelId: _, subject, to, cc, bcc, ...words } = input;
  const letterly = Object.entries({ to, cc, bcc, subject })
    .find(([, value]) => value !== undefined);
  if (letterly !== undefined) return err(invalid(letterly[0], "goes with e-mail channels only"));
  if (contactId === undefined) {
    return err(
      invalid("contactId", "is needed: whoever wrote over this channel can be written to"),
    );
  }
  const contact = await context.store.get(keys.contact(contactId));
  if (contact === null) return err(invalid("contactId", "is no contact"));
  if (contact.blocked) return err(invalid("contactId", "is blocked: unblock them first"));
  const latest = await latestOver(context.store, contactId, channel.id);
  if (latest === null) {
    return err(invalid("contactId", `has not written over "${channel.name}": only they can begin`));
  }
  const post = { kind: "reply", ...words } as const;
  return await postMessage(context, services, principal, latest.id, post, {
    ...options,
    goOn: (tx, after) => Promise.resolve(ok(opened(tx, after))),
  });
}

/** A contact's latest conversation over a channel, by its last message. */
async function latestOver(
  store: Pick<Store, "get" | "list">,
  contactId: string,
  channelId: string,
): Promise<Conversation | null> {
  const ids: string[] = [];
  const pointers = store.list(keys.conversationsOfContact(contactId), {
    reverse: true,
    limit: LOOK_BACK,
  });
  for await (const { path } of pointers) ids.push(String(path.at(-1)));
  const found = await Promise.all(ids.map((id) => store.get(keys.conversation(id))));
  return found.filter((one) => one !== null)
    .filter((one) => one.channelId === channelId && one.mergedIntoId === undefined)
    .filter(({ status }) => status !== "spam" && status !== "trash")
    .toSorted((a, b) => b.lastMessageAt - a.lastMessageAt)[0] ?? null;
}

/** Whoever writes to somebody anew works on it. */
function opened(tx: Tx, before: Conversation): Conversation {
  if (before.status === "open") return before;
  const after: Conversation = { ...before, status: "open", statusAt: tx.now, snoozedUntil: null };
  putConversation(tx, before, after);
  const { id: conversationId, inboxId } = after;
  tx.emit({
    type: "conversation.updated",
    actor: SYSTEM,
    conversationId,
    inboxId,
    changed: ["status"],
  });
  return after;
}
