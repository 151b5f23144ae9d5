import type { Capabilities } from "../channel/mod.ts";

/** How long after the customer was heard what may be written, as a channel's capabilities say. */
export type WindowLimits = NonNullable<Capabilities["window"]>;

/** What may be written to a customer now. */
export interface ReplyWindow {
  /** `human`: by a person only; `template`: approved templates only; `closed`: nothing until they write. */
  readonly state: "open" | "human" | "template" | "closed";
  /** When this ends, epoch ms; null where only the customer's next message ends it. */
  readonly closesAt: number | null;
  /** Why, in a sentence for agents. */
  readonly reason: string;
}

/**
 * The window a channel's limits leave. Pure. A window is open until the millisecond it closes at, and not in it.
 * @param heardAt when the customer was last heard on this channel, epoch ms; null: never
 */
export function replyWindow(
  limits: WindowLimits,
  heardAt: number | null,
  now: number,
): ReplyWindow {
  const { openMs, humanMs = 0, templateAfter = false } = limits;
  const age = heardAt === null ? Infinity : now - heardAt;
  if (heardAt !== null && age < openMs) {
    const reason = `Replies can be sent for ${duration(openMs)} after each message`;
    return { state: "open", closesAt: heardAt + openMs, reason };
  }
  if (heardAt !== null && age < humanMs) {
    const reason = `The last message came over ${duration(openMs)} ago: only a person may answer`;
    return { state: "human", closesAt: heardAt + humanMs, reason };
  }
  const since = heardAt === null
    ? "They have not written here yet"
    : `The last message came over ${duration(Math.max(openMs, humanMs))} ago`;
  return templateAfter
    ? { state: "template", closesAt: null, reason: `${since}: only a template may be sent` }
    : { state: "closed", closesAt: null, reason: `${since}: they have to write first` };
}

/** How a message goes out: `window` for its part; or the sentence why it may not. */
export type Passage =
  | { readonly isOpen: true; readonly window?: "open" | "human" }
  | { readonly isOpen: false; readonly reason: string };

/** Whether a message may pass a window. Pure. @param window null where the channel has none */
export function passage(
  window: ReplyWindow | null,
  message: { readonly isByPerson: boolean; readonly isTemplate: boolean },
): Passage {
  if (window === null || message.isTemplate) return { isOpen: true };
  if (window.state === "open") return { isOpen: true, window: "open" };
  if (window.state === "human" && message.isByPerson) return { isOpen: true, window: "human" };
  return { isOpen: false, reason: window.reason };
}

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** "24 hours", "7 days". */
function duration(ms: number): string {
  const days = ms / DAY_MS;
  if (days >= 2 && Number.isInteger(days)) return `${days} days`;
  const hours = ms / HOUR_MS;
  if (hours >= 1) return hours === 1 ? "an hour" : `${Math.floor(hours)} hours`;
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
