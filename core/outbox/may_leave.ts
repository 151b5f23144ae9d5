import type { OutboundPart } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { optedOutAt } from "../contacts/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import type { Key } from "../store/mod.ts";
import { passage, readWindow } from "../windows/mod.ts";

/** Why a message may not leave now, by what is known here: no provider was asked. */
export interface NotNow {
  readonly code: "window_closed" | "opted_out";
  /** A sentence for agents. */
  readonly message: string;
}

/** A message on its way: to whom, over which channel. */
export interface Leaving {
  readonly place: Pick<Conversation, "channelId" | "channelType" | "contactId">;
  readonly contact: Pick<Contact, "consents"> | null;
  readonly message: Pick<Message, "author" | "automatic" | "template">;
}

/** In which reply window a message leaves; an error when the customer may not be written to. @param now epoch ms */
export async function mayLeave(
  read: <T>(key: Key<T>) => Promise<T | null>,
  { adapters }: Pick<CoreContext, "adapters">,
  { place, contact, message }: Leaving,
  now: number,
): Promise<Result<Pick<OutboundPart, "window">, NotNow>> {
  if (optedOutAt(contact, place.channelId) !== null) {
    return err({
      code: "opted_out",
      message: "They asked for no more messages over this channel; it opens when they ask for them",
    });
  }
  const passed = passage(await readWindow(read, adapters, place, now), {
    // A rule of the providers: what a machine writes may not use the window for people.
    isByPerson: message.automatic !== true && message.author.type !== "bot",
    isTemplate: message.template !== undefined,
  });
  if (!passed.isOpen) return err({ code: "window_closed", message: passed.reason });
  return ok(passed.window === undefined ? {} : { window: passed.window });
}
