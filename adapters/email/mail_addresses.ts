import { addressParser } from "postal-mime";
import { mergeEncodedWords } from "./mime/mod.ts";

export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

const MAX_HEADER_LENGTH = 65_536;
const MAX_ADDRESSES = 100;

/** The mailboxes in address headers: groups opened, names decoded, what is no address left out. At most 100. */
export function addressesIn(headers: readonly string[]): readonly NamedAddress[] {
  const found: NamedAddress[] = [];
  for (const header of headers) {
    for (const { name, address } of flatten(header)) {
      if (!isAddress(address)) continue;
      found.push({ name: oneLine(name), address });
      if (found.length === MAX_ADDRESSES) return found;
    }
  }
  return found;
}

/** The one address a header names; null when it names another too, be it one that nothing can be sent to. */
export function soleAddressIn(header: string): string | null {
  const [only, ...others] = flatten(header);
  return only !== undefined && others.length === 0 && isAddress(only.address) ? only.address : null;
}

/** Whether a text can be an address: something before and after one "@", without spaces or control characters. */
export function isAddress(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>,;\p{Cc}]+@[^\s@<>,;\p{Cc}]+$/u.test(text);
}

/** Two addresses are one mailbox when they differ in case only. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function flatten(header: string): readonly NamedAddress[] {
  return addressParser(mergeEncodedWords(header.slice(0, MAX_HEADER_LENGTH)), { flatten: true })
    .map(({ name, address }) => ({ name, address: (address ?? "").trim() }));
}

function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " ").trim().slice(0, 200);
}
