const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
const DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]*$/i;

/** Where a link of a mail may lead: web, mail, phone. Null for the rest, relative addresses included. */
export function safeLink(href: string): string | null {
  const address = withoutControls(href);
  if (address.startsWith("//")) return `https:${address}`;
  return LINK.test(address) && isParsable(address) ? address : null;
}

/** What an image's address is. */
export type ImageSource =
  | { readonly kind: "cid"; readonly contentId: string }
  | { readonly kind: "data"; readonly url: string }
  | { readonly kind: "remote"; readonly url: string }
  | { readonly kind: "none" };

export function imageSource(src: string): ImageSource {
  const address = withoutControls(src);
  if (/^cid:/i.test(address)) return { kind: "cid", contentId: decode(address.slice(4)) };
  if (/^data:/i.test(address)) {
    return DATA_IMAGE.test(address) ? { kind: "data", url: address } : { kind: "none" };
  }
  const url = address.startsWith("//") ? `https:${address}` : address;
  return /^https?:\/\//i.test(url) && isParsable(url) ? { kind: "remote", url } : { kind: "none" };
}

/** As browsers do before they look at the scheme. */
function withoutControls(address: string): string {
  // deno-lint-ignore no-control-regex -- control characters are exactly what is removed
  return address.replace(/[\u0000-\u001f\u007f]/g, "").trim();
}

function isParsable(address: string): boolean {
  return URL.canParse(address);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
