import type { IdentityInput, InboundEvent } from "../channel/mod.ts";

/**
 * The event with people known as this channel knows them: `external` ids are a provider's own, and two channels may use the
 * same one for different people. Pure.
 */
export function withOwnIdentities(channelId: string, event: InboundEvent): InboundEvent {
  const own = (identities: IdentityInput[]) => identities.map((one) => ownIdentity(channelId, one));
  switch (event.type) {
    case "message": {
      const { sender } = event;
      return { ...event, sender: { ...sender, identities: own(sender.identities) } };
    }
    case "reaction":
    case "action":
    case "contact_updated":
    case "opt_out":
    case "opt_in":
    case "submission":
      return { ...event, identities: own(event.identities) };
    case "identities_changed": {
      const [from, to] = [ownIdentity(channelId, event.from), ownIdentity(channelId, event.to)];
      return { ...event, from, to };
    }
    default:
      return event;
  }
}

function ownIdentity<T extends { readonly kind: string; readonly value: string }>(
  channelId: string,
  identity: T,
): T {
  const prefix = `${channelId}:`;
  const isOwn = identity.kind !== "external" || identity.value.startsWith(prefix);
  return isOwn ? identity : { ...identity, value: `${prefix}${identity.value}` };
}
