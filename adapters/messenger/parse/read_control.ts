import { z } from "zod";
import type { EventReader } from "./event_context.ts";

const Facts = z.record(z.string().max(100), z.unknown());
const Policy = z.object({
  action: z.string().max(100),
  reason: z.string().max(1_000).optional().catch(undefined),
});
const MAX_PAYLOAD = 2_000;

/** Whose app has a conversation in hand: numbers or their digits; null while nobody has it. */
const AppId = z.union([z.string().max(100), z.number()]).transform(String).nullable().optional()
  .catch(undefined);
const Owners = z.object({ new_owner_app_id: AppId, requested_owner_app_id: AppId });
type Owners = z.infer<typeof Owners>;

/** Another app, or this one, has a conversation in hand now. @param name of the event */
export function readControl(
  name: "pass_thread_control" | "take_thread_control" | "request_thread_control",
): EventReader {
  return (given, { envelope, senderId, ownAppId }) => {
    const { data } = Owners.safeParse(given);
    if (data === undefined) return null;
    return [{
      type: "control",
      ...envelope,
      externalId: `${name}#${senderId ?? "page"}#${envelope.occurredAt}`,
      ...senderId !== null && { threadKey: senderId },
      name,
      payload: controlWords(name, data, ownAppId),
    }];
  };
}

function controlWords(
  name: Parameters<typeof readControl>[0],
  { new_owner_app_id: owner, requested_owner_app_id: asking }: Owners,
  ownAppId: string | null,
): string {
  if (name === "request_thread_control") {
    return `Another app asks to answer this conversation${asking ? ` (app ${asking})` : ""}.`;
  }
  if (owner === undefined || owner === null) return "No app has this conversation in hand now.";
  return owner === ownAppId
    ? "Parley answers this conversation again."
    : `Another app answers this conversation now (app ${owner}).`;
}

/** What else happens around messages, kept as it came. @param name of the event */
export function readFact(name: "app_roles" | "account_linking"): EventReader {
  return (given, { envelope, senderId }) => {
    const { data } = Facts.safeParse(given);
    if (data === undefined) return null;
    const payload = JSON.stringify(data).slice(0, MAX_PAYLOAD);
    const externalId = `${name}#${senderId ?? "page"}#${envelope.occurredAt}`;
    return [{ type: "control", ...envelope, externalId, name, payload }];
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
