import type { PollError } from "../../../core/channel/mod.ts";
import { refusedCertificate } from "../refused_certificate.ts";
import { type MailSignIn, REFUSED_SIGN_IN } from "../refused_sign_in.ts";

const THROTTLE_MS = 5 * 60_000;
/** The server says so while it cannot look passwords up, or has too many of us (RFC 5530). */
const PASSING_CODES = new Set(["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN"]);

/** The server does not do what the mailbox's settings ask for. Its message is for people. */
export class ImapRefusal extends Error {}

/** What a failed conversation with an IMAP server means. */
export function imapError(error: unknown, signIn: MailSignIn = "password"): PollError {
  if (error instanceof ImapRefusal) return { code: "config", message: error.message };
  const field = (name: string): unknown =>
    typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  const words = field("responseText") ?? field("reason") ?? field("message") ?? "";
  const text = String(words).replace(/\s+/g, " ").slice(0, 200);
  const provider = text === "" ? {} : { provider: text };
  return { ...meaning(field, text, signIn), ...provider };
}

function meaning(
  field: (name: string) => unknown,
  text: string,
  signIn: MailSignIn,
): PollError {
  const code = String(field("code") ?? "");
  const serverCode = String(field("serverResponseCode") ?? "").toUpperCase();
  if (code === "ETHROTTLE") {
    const retryAfterMs = Number(field("throttleReset")) || THROTTLE_MS;
    return { code: "rate_limited", retryAfterMs, message: "The mail server asks to wait." };
  }
  if (field("authenticationFailed") === true) {
    if (PASSING_CODES.has(serverCode) || /too many|temporar|try again|rate limit/i.test(text)) {
      return { code: "unavailable", message: "The mail server lets nobody in right now." };
    }
    return { code: "unauthorized", message: REFUSED_SIGN_IN[signIn] };
  }
  if (signIn === "oauth" && /unsupported authentication/i.test(text)) {
    const message = "The mail server lets nobody sign in with Google or Microsoft.";
    return { code: "config", message };
  }
  if (field("mailboxMissing") === true || serverCode === "NONEXISTENT") {
    return { code: "config", message: "The mailbox has no folder of this name." };
  }
  const refused = refusedCertificate(text);
  if (refused !== null) return { code: "config", message: refused };
  if (field("tlsFailed") === true || /STARTTLS/.test(text)) {
    return { code: "config", message: "The mail server cannot encrypt. Check the encryption." };
  }
  return { code: "unavailable", message: "The mail server cannot be reached right now." };
}
