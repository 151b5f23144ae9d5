/** Where a form channel of Parley takes what is sent. */
export interface FormPlace {
  /** Of Parley: "https://desk.shop.example". */
  readonly origin: string;
  readonly channelId: string;
  /** Shows its form, and takes what is posted. */
  readonly url: string;
}

/** @param channelId as it stands on the page; anything else than an id leads nowhere */
export function formPlace(origin: string, channelId: string): FormPlace {
  return { origin, channelId, url: `${origin}/forms/${encodeURIComponent(channelId)}` };
}

/** @param src of the script: `<origin>/forms/<channelId>/embed.js` */
export function placeOfScript(src: string): FormPlace | null {
  const url = URL.parse(src);
  const [, channelId] = /^\/forms\/([^/]+)\/embed\.js$/.exec(url?.pathname ?? "") ?? [];
  return url === null || channelId === undefined
    ? null
    : formPlace(url.origin, decodeURIComponent(channelId));
}
