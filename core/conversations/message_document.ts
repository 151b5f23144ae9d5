import type { Attachments } from "../attachments/mod.ts";
import type { RemoteImages } from "../images/mod.ts";
import { asText, SANITIZER_VERSION, type ShownImages } from "../mail_html/mod.ts";
import type { Message } from "../model/message.ts";
import type { SideThread } from "../ports.ts";
import { frameMail, sanitizeMail } from "../side_work/mod.ts";
import { keys, type SanitizedRecord, type Store, transact } from "../store/mod.ts";
import { readBody } from "./body.ts";

/** Stands in the kept HTML where an inline image's signed address goes, which changes by the hour. */
const PLACE = "/inline-image/";
const INLINE_BYTES = 20 * 1024;

/** What a message's HTML is shown with. */
export interface DocumentServices {
  readonly store: Store;
  readonly attachments: Pick<Attachments, "sign">;
  readonly remoteImages: Pick<RemoteImages, "sign">;
  /** For what is large, where there is one. */
  readonly sideThread?: SideThread | undefined;
}

/**
 * The document a message's frame shows.
 * @param images whether remote images are shown: not, because somebody asked, or because their sender's always are
 */
export async function messageDocument(
  services: DocumentServices,
  message: Message,
  images: ShownImages,
): Promise<string> {
  const shown = await messageHtml(services, message, images !== "blocked");
  return await frameMail({ ...shown, images }, services.sideThread);
}

/**
 * A message's HTML, sanitised when first asked for and kept by the sanitiser's version, so that a better one also
 * mends old mail. Remote images come through Parley, at signed addresses.
 */
export async function messageHtml(
  services: DocumentServices,
  message: Message,
  images: boolean,
): Promise<SanitizedRecord> {
  const { attachments, remoteImages } = services;
  const { html, ...counts } = await sanitized(services, message, images);
  const addresses = new Map<string, string>();
  for (const file of message.attachments) {
    if (file.contentId !== undefined) addresses.set(file.id, await attachments.sign(file.id));
  }
  // Only this message's own files get an address: what a sender wrote into the HTML himself stays dead.
  const addressed = html.replaceAll(/\/inline-image\/([A-Za-z0-9_]+)/g, (place, id: string) => {
    const address = addresses.get(id);
    return address === undefined ? place : address.replaceAll("&", "&amp;");
  });
  const proxied = images ? await withProxiedImages(addressed, remoteImages) : addressed;
  return { html: proxied, ...counts };
}

/** An image with a remote source as the sanitiser writes it: no attribute's value holds a quote or a bracket. */
const REMOTE_IMAGE = /(<img [^>]*?\bsrc=")(https?:[^"]*)"/g;

async function withProxiedImages(
  html: string,
  remoteImages: Pick<RemoteImages, "sign">,
): Promise<string> {
  const addresses = new Map<string, string>();
  for (const [, , url = ""] of html.matchAll(REMOTE_IMAGE)) {
    if (addresses.has(url)) continue;
    const address = await remoteImages.sign(url.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
    addresses.set(url, address.replaceAll("&", "&amp;"));
  }
  return html.replaceAll(
    REMOTE_IMAGE,
    (_, before: string, url: string) => `${before}${addresses.get(url) ?? ""}"`,
  );
}

async function sanitized(
  { store, sideThread }: DocumentServices,
  message: Message,
  images: boolean,
): Promise<SanitizedRecord> {
  const key = keys.sanitized(message.id, SANITIZER_VERSION, images);
  const kept = await store.get(key);
  if (kept !== null) return kept;
  const { html = "" } = await readBody(store, message);
  const places = message.attachments.flatMap(({ contentId = "", id }) =>
    contentId === "" ? [] : [[contentId, `${PLACE}${id}`] as const]
  );
  const result = await sanitizeMail(
    { html, images: images ? "allow" : "block", places: new Map(places) },
    sideThread,
  );
  if (result === null) return asText(html);
  // Larger ones are rare; making them again costs a few milliseconds.
  if (result.html.length <= INLINE_BYTES) {
    await transact(store, (tx) => {
      tx.set(key, result);
      return Promise.resolve();
    });
  }
  return result;
}
