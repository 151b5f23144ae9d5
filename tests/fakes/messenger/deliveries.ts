/** The way from the provider to the webhook. */
import { deliveryJson, signDelivery, signDeliverySha1 } from "./sign_delivery.ts";

/** One event on its way. */
export interface QueuedEvent {
  readonly pageId: string;
  readonly at: number;
  /** Another app owns the thread. */
  readonly isStandby: boolean;
  readonly event: Readonly<Record<string, unknown>>;
}

/** How what waits is delivered. */
export interface DeliverOptions {
  /** Events in one request; default 1. */
  readonly batch?: number;
  /** How often each request is made; default 1. */
  readonly times?: number;
  /** Default: as it happened. */
  readonly order?: "sent" | "reversed" | "shuffled";
  /** In place of the app's. */
  readonly secret?: string;
}

/** A request as it was made, and its answer. */
export interface Delivered {
  readonly body: string;
  readonly status: number;
}

/** The body that holds these events: consecutive ones of a Page in one entry. */
export function deliveryBody(events: readonly QueuedEvent[]): string {
  const entries: { id: string; time: number; [list: string]: unknown }[] = [];
  let key = "";
  let list: unknown[] = [];
  for (const { pageId, at, isStandby, event } of events) {
    const name = isStandby ? "standby" : "messaging";
    if (`${pageId} ${name}` !== key) {
      key = `${pageId} ${name}`;
      list = [];
      entries.push({ id: pageId, time: at, [name]: list });
    }
    list.push(event);
  }
  return deliveryJson({ object: "page", entry: entries });
}

/** Posts the events to a webhook, signed. */
export async function postDeliveries(
  hook: string,
  appSecret: string,
  events: readonly QueuedEvent[],
  { batch = 1, times = 1, order = "sent", secret = appSecret }: DeliverOptions,
): Promise<readonly Delivered[]> {
  const delivered: Delivered[] = [];
  for (const group of groupsOf(inOrder(events, order), batch)) {
    const body = deliveryBody(group);
    for (let i = 0; i < times; i++) {
      delivered.push({ body, status: await postDelivery(hook, secret, body) });
    }
  }
  return delivered;
}

/** Posts one body. @returns the status of the answer */
export async function postDelivery(hook: string, secret: string, body: string): Promise<number> {
  const response = await fetch(hook, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "facebookexternalua",
      "X-Hub-Signature": signDeliverySha1(secret, body),
      "X-Hub-Signature-256": signDelivery(secret, body),
    },
    body,
  });
  await response.body?.cancel();
  return response.status;
}

function inOrder(
  events: readonly QueuedEvent[],
  order: NonNullable<DeliverOptions["order"]>,
): readonly QueuedEvent[] {
  switch (order) {
    case "sent":
      return events;
    case "reversed":
      return events.toReversed();
    case "shuffled": {
      // The same order for the same events, and never the one they were in.
      const all = [...events];
      for (let i = all.length - 1; i > 0; i--) {
        const j = (i * 7 + 3) % i;
        [all[i], all[j]] = [all[j]!, all[i]!];
      }
      return all;
    }
  }
}

function groupsOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from(
    { length: Math.ceil(all.length / size) },
    (_, i) => all.slice(i * size, (i + 1) * size),
  );
}
