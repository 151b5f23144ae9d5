import { createHash } from "node:crypto";

/**
 * SHA-256 of a text's UTF-8, in lower-case hex. At once: for texts as short as tokens and messages, handing the work to
 * another thread, as `crypto.subtle` does, costs a busy server many times the work itself.
 */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
