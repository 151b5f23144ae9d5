/** What providers tell of customers themselves: their name, whether they want messages, another identity of theirs. */
import type { InboundEvent } from "../channel/mod.ts";
import {
  identityChange,
  normalizeIdentity,
  putRenamed,
  resolveContact,
  withConsent,
  withNewIdentity,
  withProviderName,
} from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import { SYSTEM } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import { keys, transact } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { conversationWith, putTraceLine } from "./trace_line.ts";

type EventOf<Type extends InboundEvent["type"]> = Extract<InboundEvent, { type: Type }>;
const UPDATED: IngestResult = { kind: "updated", conversationIds: [] };

/** Notes that a customer wants no more messages over a channel, or wants them again. Who is not known yet is remembered. */
export async function ingestConsent(
  context: CoreContext,
  channel: Channel,
  event: EventOf<"opt_out" | "opt_in">,
  options: IngestOptions,
): Promise<IngestResult> {
  const news = {
    channelId: channel.id,
    wants: event.type === "opt_in",
    at: event.occurredAt,
  };
  return await changeContact(
    context,
    event,
    options,
    (contact) => ({ contact: withConsent(contact, news), changed: ["consents"] }),
  );
}

/** Takes over the name a provider has, where the team gave none. */
export async function ingestContactUpdate(
  context: CoreContext,
  event: EventOf<"contact_updated">,
  options: IngestOptions,
): Promise<IngestResult> {
  return await changeContact(context, event, options, (contact) => ({
    contact: withProviderName(contact, event.name ?? "", event.occurredAt),
    changed: ["name"],
  }));
}

async function changeContact(
  { store, ports }: CoreContext,
  { identities }: Pick<EventOf<"opt_out">, "identities">,
  options: IngestOptions,
  change: (contact: Contact) => { readonly contact: Contact; readonly changed: readonly string[] },
): Promise<IngestResult> {
  return await transact<IngestResult>(store, async (tx) => {
    const found = await resolveContact(tx, { identities }, ports.ids);
    // Checked: another delivery may change them at this moment.
    const known = found.isNew ? null : await tx.get(keys.contact(found.contact.id));
    const before = known ?? found.contact;
    const { contact, changed } = change(before);
    if (contact !== before) {
      putRenamed(tx, before, { ...contact, updatedAt: tx.now });
      tx.emit({ type: "contact.updated", actor: SYSTEM, contactId: contact.id, changed });
    }
    options.also?.(tx, UPDATED);
    return UPDATED;
  });
}

/**
 * Somebody is known by another identity now: both lead to the same contact, and what is sent goes to the new one. When
 * that one is somebody else's, both contacts stay as they are, and their thread says so.
 */
export async function ingestIdentities(
  context: CoreContext,
  channel: Channel,
  event: EventOf<"identities_changed">,
  options: IngestOptions,
): Promise<IngestResult> {
  const { store, ports } = context;
  const from = normalizeIdentity(event.from);
  const to = normalizeIdentity(event.to);
  return await transact<IngestResult>(store, async (tx) => {
    const [holder, holderOfNew] = await Promise.all([
      tx.get(keys.identity(from.kind, from.value)),
      tx.get(keys.identity(to.kind, to.value)),
    ]);
    const change = identityChange({ from: holder, to: holderOfNew });
    const result = change.kind === "new"
      ? await makeBoth()
      : change.kind === "same"
      ? await joinBoth(change.contactId)
      : await noteConflict(change.contactId);
    options.also?.(tx, result);
    return result;

    async function makeBoth(): Promise<IngestResult> {
      await resolveContact(tx, { identities: [to, from] }, ports.ids);
      return UPDATED;
    }

    async function joinBoth(contactId: string): Promise<IngestResult> {
      const before = await tx.get(keys.contact(contactId));
      if (before === null) {
        throw new Error(`Cannot read contact "${contactId}": an identity points to nothing`);
      }
      for (const one of [from, to]) tx.set(keys.identity(one.kind, one.value), contactId);
      const after = withNewIdentity(before, from, to);
      putRenamed(tx, before, { ...after, updatedAt: tx.now });
      tx.emit({
        type: "contact.updated",
        actor: SYSTEM,
        contactId,
        changed: ["identities"],
      });
      return UPDATED;
    }

    async function noteConflict(contactId: string): Promise<IngestResult> {
      const reason = `${to.value} is somebody else here: both contacts are kept`;
      const conversationId = await conversationWith(tx, channel.id, contactId);
      if (conversationId === null) return { kind: "ignored", reason };
      return await putTraceLine({ tx, context, channel }, conversationId, {
        externalId: event.externalId,
        event: { type: "identity_conflict", from: from.value, to: to.value },
        text: reason,
        ...options.journalId === undefined ? {} : { journalId: options.journalId },
      });
    }
  });
}
