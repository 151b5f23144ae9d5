/**
 * What the loader on the site's page and the frame tell each other, over a MessagePort that the loader hands to the
 * frame once. Nothing secret goes from the frame to the page.
 */

/** What the loader sends first, with the port. */
export const HELLO = "parley:hello";

export type ToFrame =
  | { readonly type: "open" }
  | { readonly type: "close" }
  /** The site's server vouches for the visitor. */
  | { readonly type: "identify"; readonly token: string }
  /** Forget the visitor on this device. */
  | { readonly type: "reset" };

export type ToPage =
  /** The visitor wants the panel closed. */
  | { readonly type: "close" }
  | { readonly type: "unread"; readonly count: number }
  /** Whether there is a visitor worth listening for when the panel is closed. */
  | { readonly type: "session"; readonly isKept: boolean }
  /** For the site's own listeners; no text of messages. */
  | { readonly type: "event"; readonly name: "message" | "identified" | "error" };

/** What the loader tells of the page when it hands over the port. */
export interface Hello {
  readonly type: typeof HELLO;
  /** Address of the page, without its fragment. */
  readonly page: string;
  readonly theme: "auto" | "light" | "dark" | null;
}

/** Whether a window message is the loader's first. Anybody may send messages: everything is looked at. */
export function isHello(data: unknown): data is Hello {
  return isObject(data) && data["type"] === HELLO && typeof data["page"] === "string" &&
    (data["theme"] === null || ["auto", "light", "dark"].includes(String(data["theme"])));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
