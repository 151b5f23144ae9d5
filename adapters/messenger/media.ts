import { z } from "zod";
import {
  type ChannelView,
  err,
  type FetchedMedia,
  type Io,
  type MediaError,
  type Result,
  type SendError,
} from "../../core/channel/mod.ts";
import { pageAccess } from "./access.ts";
import type { MessengerConfig } from "./config.ts";
import { readMediaRef } from "./media_ref.ts";
import { callGraph } from "./meta/mod.ts";

const Url = z.url({ protocol: /^https?$/ });
const Files = z.object({
  attachments: z.object({
    data: z.array(z.object({
      name: z.string().max(500).optional().catch(undefined),
      image_data: z.object({ url: Url }).optional().catch(undefined),
      video_data: z.object({ url: Url }).optional().catch(undefined),
      file_url: Url.optional().catch(undefined),
    })),
  }),
});

/** Opens a customer's file; when its link is too old, asks for a new one by the message it was in. */
export async function fetchMedia(
  ref: string,
  channel: ChannelView<MessengerConfig>,
  io: Io,
): Promise<Result<FetchedMedia, MediaError>> {
  const read = readMediaRef(ref);
  if (read === null) return err({ code: "rejected" });
  const first = await io.fetchFile(read.url);
  if (first.ok || first.error.code !== "expired") return first;
  const access = pageAccess(channel);
  if (!access.ok) return first;
  const path = encodeURIComponent(read.mid);
  const query = { fields: "attachments{id,mime_type,name,size,image_data,video_data,file_url}" };
  const asked = await callGraph({ method: "GET", path, query }, access.value, io);
  if (!asked.ok) return err(mediaError(asked.error));
  const file = Files.safeParse(asked.value).data?.attachments.data[read.index];
  const url = file?.image_data?.url ?? file?.video_data?.url ?? file?.file_url;
  return url === undefined ? first : await io.fetchFile(url);
}

function mediaError(error: SendError): MediaError {
  const provider = error.provider === undefined ? {} : { provider: error.provider };
  switch (error.code) {
    case "rate_limited":
      return { code: "rate_limited", retryAfterMs: error.retryAfterMs, ...provider };
    case "unavailable":
    case "ambiguous":
      return { code: "unavailable", ...provider };
    case "unauthorized":
    case "signed_out":
    case "permission":
    case "config":
      return { code: "unauthorized", ...provider };
    case "window_closed":
    case "recipient_unreachable":
    case "opted_out":
    case "rejected":
    case "too_large":
    case "unsupported":
    case "policy_blocked":
      // The message is gone, or this app may not see it: the file is too.
      return { code: "expired", ...provider };
  }
}
