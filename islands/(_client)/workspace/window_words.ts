/** What the composer says of a reply window. */
import type { ApiContact, ApiConversation } from "../../../core/model/api.ts";
import type { IconName } from "../../(_components)/icon_names.ts";

type Window = ApiConversation["window"];

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
/** With less than this left it is said so that nobody overlooks it. */
const NEAR_MS = 4 * HOUR_MS;

export interface LimitWords {
  readonly text: string;
  readonly near: boolean;
}

/** How long there is to answer; null where it does not matter, or is over. */
export function windowWords(window: Window, now: number): LimitWords | null {
  if (window === null || window.closesAt === null) return null;
  const left = Date.parse(window.closesAt) - now;
  const near = left < NEAR_MS;
  const within = `Reply within ${span(Math.max(left, 0))}`;
  return window.state === "human"
    ? { text: `${within}. ${window.reason}`, near: true }
    : { text: within, near };
}

/** Why no reply can be sent now, and what can be done. */
export interface Standstill {
  readonly icon: Extract<IconName, "clock" | "spam" | "warning">;
  readonly title: string;
  readonly text: string;
  /** Approved templates may still go. */
  readonly hasTemplates: boolean;
}

/** Null while replies can be sent. @param name first name of the customer */
export function standstillOf(
  { window, channelId }: Pick<ApiConversation, "window" | "channelId">,
  contact: Pick<ApiContact, "optOuts"> | null,
  name: string,
): Standstill | null {
  if (contact?.optOuts?.some((one) => one.channelId === channelId) === true) {
    return {
      icon: "spam",
      title: `${name} wants no messages here`,
      text: "They opted out of this channel. Replies can be sent again once they opt in.",
      hasTemplates: false,
    };
  }
  switch (window?.state) {
    case "closed":
      return {
        icon: "clock",
        title: "The reply window is closed",
        text: `${window.reason}. Your draft is kept, and you can comment for your team.`,
        hasTemplates: false,
      };
    case "template":
      return {
        icon: "clock",
        title: "The reply window is closed",
        text: `${window.reason}. Other replies can go once ${name} writes.`,
        hasTemplates: true,
      };
    default:
      return null;
  }
}

/** "5 days", "3 h", "12 min": never more than there is. */
function span(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  const minutes = Math.floor(ms / 60_000);
  return minutes === 0 ? "a minute" : `${minutes} min`;
}
