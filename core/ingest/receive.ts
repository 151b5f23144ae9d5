import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { err, ok, type Result } from "../result.ts";
import {
  checkDelivery,
  contentTypeOf,
  type Door,
  keptHeaders,
  type ReceiveError,
  refusedByHeaders,
} from "./door.ts";
import { keepDelivery } from "./keep_delivery.ts";

/** Where a channel's own deliveries come in; the error says that there is no such place. */
export async function channelDoor(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  channelId: string,
): Promise<Result<Door, ReceiveError>> {
  const opened = await channels.open(channelId);
  return opened.ok ? doorOf(context, opened.value) : err({ code: "no_channel" });
}

function doorOf(
  context: CoreContext,
  { adapter: { webhook }, channel, view, io }: OpenedChannel,
): Result<Door, ReceiveError> {
  if (webhook === undefined) return err({ code: "no_channel" });
  const accepted = webhook.accepts?.(view) ?? webhook;
  return ok({
    maxBytes: accepted.maxBytes,
    refuses: (headers) => refusedByHeaders(headers, accepted),
    handshake: async (request, signal) =>
      await webhook.handshake?.(request, view, io(signal)) ?? null,

    // Size and signature, then the journal, before anything looks inside: what was answered with a journal id is never
    // lost, whatever the parser makes of it.
    async receive(request, signal) {
      const verify = () => webhook.verify(request, view, io(signal));
      const checked = await checkDelivery(request, accepted, verify);
      if (!checked.ok) return checked;
      if (channel.status === "paused") return err({ code: "paused" });
      const delivery = {
        contentType: contentTypeOf(request.headers),
        headers: keptHeaders(request.headers, webhook.keepHeaders),
        body: request.body,
        receivedAt: context.ports.clock.now(),
      };
      const { once } = checked.value;
      return await keepDelivery(context, channel.id, delivery, { via: "webhook", once });
    },
  });
}
