import { z } from "zod";
import type { PartInput } from "../../../core/channel/mod.ts";
import { writeMediaRef } from "../media_ref.ts";

const Text = z.string().max(20_000).optional().catch(undefined);
const Url = z.url({ protocol: /^https?$/ }).max(3_500).optional().catch(undefined);
const Attachment = z.object({
  type: z.string().max(100),
  /** Beside the payload in echoes of templates. */
  title: Text,
  url: Url,
  payload: z.object({
    url: Url,
    title: Text,
    sticker_id: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
    coordinates: z.object({
      lat: z.number().min(-90).max(90),
      long: z.number().min(-180).max(180),
    }).optional().catch(undefined),
    status: Text,
    start_time: z.union([z.string().max(100), z.number().min(0).max(8_640_000_000_000)]).optional()
      .catch(undefined),
    product: z.object({
      elements: z.array(z.object({ title: Text, subtitle: Text })).max(100),
    }).optional().catch(undefined),
  }).nullish().catch(undefined),
});
type Attachment = z.infer<typeof Attachment>;

/** The thumb beside the text field. */
const LIKE = "369239263222822";

const MAX_REF = 4_096;

interface FileKind {
  readonly type: string;
  readonly name: string;
}
/** The exact type is told by the file itself. */
const FILES: Readonly<Record<string, FileKind>> = {
  image: { type: "image/jpeg", name: "photo.jpg" },
  sticker: { type: "image/png", name: "sticker.png" },
  audio: { type: "audio/mp4", name: "audio.mp4" },
  video: { type: "video/mp4", name: "video.mp4" },
  file: { type: "application/octet-stream", name: "file" },
};

/**
 * What an attachment is in the thread: a file to be fetched, a place, or words.
 * @param of the message it is in: its id, the attachment's place, and its text, which may hold a link already
 */
export function attachmentParts(
  given: unknown,
  of: { readonly mid: string; readonly index: number; readonly text: string },
): readonly PartInput[] {
  const { data } = Attachment.safeParse(given);
  if (data === undefined) return [];
  const { type, payload } = data;
  if (payload?.sticker_id === LIKE) return of.text === "" ? [{ kind: "text", text: "👍" }] : [];
  const known = payload?.sticker_id === undefined ? FILES[type] : FILES.sticker;
  if (known !== undefined && payload?.url !== undefined) {
    const { url } = payload;
    const ref = writeMediaRef({ url, mid: of.mid, index: of.index });
    const name = nameIn(url) ?? known.name;
    // Longer than any link of Meta's: it is shown as a link.
    if (ref.length <= MAX_REF) return [{ kind: "media", name, type: known.type, ref }];
  }
  if (payload?.coordinates !== undefined) {
    const { lat: latitude, long: longitude } = payload.coordinates;
    const name = payload.title ?? data.title;
    return [{ kind: "location", latitude, longitude, ...name !== undefined && { name } }];
  }
  const words = wordsOf(data).filter((one) => one !== "" && !of.text.includes(one));
  return words.length === 0 ? [] : [{ kind: "text", text: words.join("\n").toWellFormed() }];
}

function wordsOf({ type, title, url, payload }: Attachment): readonly string[] {
  if (type === "appointment_booking") {
    const at = payload?.start_time;
    const when = typeof at === "number"
      ? new Intl.DateTimeFormat("en-GB", {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: "UTC",
      })
        .format(at * 1_000)
      : at ?? "";
    return [["Booking", payload?.status ?? "", when].filter((one) => one !== "").join(" · ")];
  }
  const products = payload?.product?.elements ?? [];
  if (products.length > 0) {
    return products.map(({ title = "", subtitle = "" }) =>
      [title, subtitle].filter((one) => one !== "").join(" – ")
    );
  }
  return [payload?.title ?? title ?? "", payload?.url ?? url ?? ""];
}

/** The file's own name, where the link ends with one. */
function nameIn(url: string): string | null {
  const last = URL.parse(url)?.pathname.split("/").at(-1) ?? "";
  if (!/\.[A-Za-z0-9]{2,5}$/.test(last)) return null;
  try {
    return decodeURIComponent(last).replace(/[\p{Cc}/\\]/gu, "").slice(0, 200);
  } catch {
    return null;
  }
}
