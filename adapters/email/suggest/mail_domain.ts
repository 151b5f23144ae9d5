import { EmailConfig } from "../config.ts";

/** An address as settings hold it: lower case, its domain as name servers know it. */
export interface ReadAddress {
  readonly address: string;
  readonly domain: string;
}

const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.[a-z][a-z0-9-]*[a-z0-9]$/;

/** Reads what somebody typed; null when it is no address of a mailbox on the internet. */
export function readMailAddress(text: string): ReadAddress | null {
  const at = text.trim().lastIndexOf("@");
  const local = text.trim().slice(0, Math.max(at, 0)).toLowerCase();
  const domain = toAscii(text.trim().slice(at + 1));
  if (domain === null || !DOMAIN.test(domain)) return null;
  const parsed = EmailConfig.shape.address.safeParse(`${local}@${domain}`);
  return parsed.success ? { address: parsed.data, domain } : null;
}

/** "müller.example" as "xn--mller-kva.example". */
function toAscii(domain: string): string | null {
  // Only what can be a name: the reader of addresses would also take ports, paths and numbers.
  if (!/^[\p{L}\p{M}\p{N}.-]{1,253}$/u.test(domain)) return null;
  return URL.parse(`http://${domain}`)?.hostname ?? null;
}
