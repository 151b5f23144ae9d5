import type { NamedAddress } from "./mail_addresses.ts";

/** A mailbox as it stands in a header: `"Name" <address>`, in one line, not encoded. */
export function mailboxHeader({ name, address }: NamedAddress): string {
  const plain = name.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return plain === "" ? address : `"${plain.replace(/["\\]/g, "\\$&")}" <${address}>`;
}
