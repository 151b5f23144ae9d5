import type { Message } from "../model/message.ts";

/** Whether a message left, or is to: a reply, a chat's answers by mail, or what was passed on to somebody outside. Pure. */
export function isOutbound({ kind, letter, aside, status }: Message): boolean {
  return kind === "reply" || letter !== undefined ||
    (aside !== undefined && status !== "received");
}
