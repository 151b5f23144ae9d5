import { z } from "zod";
import { err, ok, type Result, type SendError } from "../../../core/channel/mod.ts";
import type { PageAccess } from "../access.ts";
import { callGraph, type GraphIo } from "../meta/mod.ts";

/** What Parley wants to be told of a Page. Each must be enabled on the app's webhook too. */
export const WANTED_FIELDS: readonly string[] = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_optins",
  "message_echoes",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_handovers",
  "standby",
  "messaging_policy_enforcement",
];

const Apps = z.object({
  data: z.array(z.object({
    id: z.string(),
    name: z.string().optional().catch(undefined),
    subscribed_fields: z.array(z.string()).catch([]),
  })),
});

/** Which fields of a Page the app is subscribed to; none when it is not installed there. */
export async function readSubscription(
  access: PageAccess,
  io: GraphIo,
): Promise<Result<ReadonlySet<string>, SendError>> {
  const asked = await callGraph({ method: "GET", path: edgeOf(access) }, access, io);
  if (!asked.ok) return asked;
  const { data } = Apps.safeParse(asked.value);
  if (data === undefined) {
    return err({ code: "unavailable", message: "Facebook's answer could not be read." });
  }
  const own = data.data.find(({ id }) => id === access.app.appId);
  return ok(new Set(own?.subscribed_fields ?? []));
}

/** Those of the wanted fields that are missing. */
export function missingFields(fields: ReadonlySet<string>): readonly string[] {
  return WANTED_FIELDS.filter((field) => !fields.has(field));
}

/** Subscribes the app to all wanted fields of the Page; the same again changes nothing. */
export async function subscribe(
  access: PageAccess,
  io: GraphIo,
): Promise<Result<unknown, SendError>> {
  const query = { subscribed_fields: WANTED_FIELDS.join(",") };
  return await callGraph({ method: "POST", path: edgeOf(access), query }, access, io);
}

/** Takes the app off the Page. */
export async function unsubscribe(
  access: PageAccess,
  io: GraphIo,
): Promise<Result<unknown, SendError>> {
  return await callGraph({ method: "DELETE", path: edgeOf(access) }, access, io);
}

function edgeOf({ pageId }: PageAccess): string {
  return `${encodeURIComponent(pageId)}/subscribed_apps`;
}
