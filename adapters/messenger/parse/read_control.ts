import { z } from "zod";
import type { EventReader } from "./event_context.ts";

const Facts = z.record(z.string().max(100), z.unknown());
const Policy = z.object({
  action: z.string().max(100),
  reason: z.string().max(1_000).optional().catch(undefined),
});
const MAX_PAYLOAD = 2_000;

/** Which app answers a conversation, and what else happens around messages. @param name of the event */
export function readControl(name: string): EventReader {
  return (given, { envelope, senderId }) => {
    const { data } = Facts.safeParse(given);
    if (data === undefined) return null;
    const payload = JSON.stringify(data).slice(0, MAX_PAYLOAD);
    return [{
      type: "control",
      ...envelope,
      externalId: `${name}#${senderId ?? "page"}#${envelope.occurredAt}`,
      name,
      payload,
    }];
  };
}

/** Meta stops the app or the Page, warns it, or lets it go on. */
export const readPolicy: EventReader = (given, { envelope }) => {
  const { data } = Policy.safeParse(given);
  if (data === undefined) return null;
  const { action, reason = "" } = data;
  const known = {
    ...envelope,
    externalId: `policy#${action.slice(0, 50).replaceAll("\0", "")}#${envelope.occurredAt}`,
  };
  if (action === "unblock") {
    return [{ type: "control", ...known, name: "policy_enforcement", payload: action }];
  }
  const message = `Meta enforces a policy on this Page (${action}). ${reason}`.trim();
  return [{ type: "channel_problem", ...known, code: "policy_blocked", message }];
};
