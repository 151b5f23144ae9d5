/** Deliveries as the provider makes them. */
import type { Delivery, WebhookPort, WebhookRequest } from "../../core/channel/mod.ts";
import type { WebhookFixture } from "./fixture.ts";
import { KIT_NOW } from "./kit_io.ts";

/** The whole request, proven at `at` (epoch ms). */
export async function requestOf(
  { sign, contentType }: WebhookFixture,
  text: string,
  at = KIT_NOW,
): Promise<WebhookRequest> {
  const body = new TextEncoder().encode(text);
  return {
    method: "POST",
    url: new URL("https://parley.example/hooks/chn_kit"),
    headers: new Headers({ "content-type": contentType, ...await sign(body, at) }),
    body,
  };
}

/** The same as the journal keeps it for `parse`. */
export function deliveryOf(port: WebhookPort<unknown>, request: WebhookRequest): Delivery {
  const { headers, body } = request;
  const kept = port.keepHeaders.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const contentType = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return { contentType, headers: Object.fromEntries(kept), body, receivedAt: KIT_NOW };
}
