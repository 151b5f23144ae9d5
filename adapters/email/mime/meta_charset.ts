/** HTML says it early or not at all. */
const LOOKED_AT = 2_048;

/**
 * The charset an HTML part names in itself, for mails whose header names none: `<meta charset=…>` or its older form.
 * Undefined when it names none, or UTF-16, in which it could not be read like this.
 */
export function metaCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, LOOKED_AT));
  const [, label] = /<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head) ?? [];
  return label === undefined || /^utf-?(?:16|32)/i.test(label) ? undefined : label;
}
