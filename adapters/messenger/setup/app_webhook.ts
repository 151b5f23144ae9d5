import { z } from "zod";
import { err, ok, type Result, type SendError } from "../../../core/channel/mod.ts";
import { callGraph, type GraphIo, type MetaAppConfig } from "../meta/mod.ts";
import { WANTED_FIELDS } from "./subscription.ts";

const Field = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const Subscriptions = z.object({
  data: z.array(z.object({
    object: z.string(),
    callback_url: z.string().catch(""),
    active: z.boolean().catch(true),
    fields: z.array(Field).catch([]),
  })),
});

/** Where an app has its deliveries about Pages sent, and which. */
export interface AppWebhook {
  readonly callbackUrl: string;
  readonly isActive: boolean;
  readonly fields: ReadonlySet<string>;
}

/** What is entered at the app; null where nothing is. */
export async function readAppWebhook(
  app: MetaAppConfig,
  io: GraphIo,
): Promise<Result<AppWebhook | null, SendError>> {
  const asked = await callGraph({ method: "GET", path: edgeOf(app) }, accessOf(app), io);
  if (!asked.ok) return asked;
  const { data } = Subscriptions.safeParse(asked.value);
  if (data === undefined) {
    return err({ code: "unavailable", message: "Facebook's answer could not be read." });
  }
  const found = data.data.find(({ object }) => object === "page");
  return ok(
    found === undefined ? null : {
      callbackUrl: found.callback_url,
      isActive: found.active,
      fields: new Set(found.fields),
    },
  );
}

/** Enters our address at the app. Meta asks there at once whether it is ours. */
export async function writeAppWebhook(
  app: MetaAppConfig,
  callbackUrl: string,
  io: GraphIo,
): Promise<Result<unknown, SendError>> {
  const body = {
    object: "page",
    callback_url: callbackUrl,
    verify_token: app.verifyToken,
    fields: WANTED_FIELDS.join(","),
    include_values: true,
  };
  return await callGraph({ method: "POST", path: edgeOf(app), body }, accessOf(app), io);
}

function edgeOf({ appId }: MetaAppConfig): string {
  return `${encodeURIComponent(appId)}/subscriptions`;
}

/** As the app itself. */
function accessOf(app: MetaAppConfig) {
  return { token: `${app.appId}|${app.appSecret}`, app };
}
