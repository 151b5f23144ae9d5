import type { InboundEvent } from "../../../core/channel/mod.ts";

/** What is known of an event before its own part is read. */
export interface EventContext {
  /** `externalId` is of the place in the delivery: good for events that have no id of their own. */
  readonly envelope: {
    readonly externalId: string;
    /** Epoch ms. */
    readonly occurredAt: number;
    readonly accountKey: string;
  };
  readonly pageId: string;
  /** Another app answers this conversation now. */
  readonly isStandby: boolean;
  /** Null when the channel has no app that works. */
  readonly ownAppId: string | null;
  readonly senderId: string | null;
  readonly recipientId: string | null;
}

/** Reads the part of an event that says what it is; null when it is in no known form. */
export type EventReader = (
  given: unknown,
  context: EventContext,
) => readonly InboundEvent[] | null;
