import type { SendError } from "../../core/channel/mod.ts";
import { refusedCertificate } from "./refused_certificate.ts";
import { type MailSignIn, REFUSED_SIGN_IN } from "./refused_sign_in.ts";

const GREYLIST_WAIT_MS = 5 * 60_000;
const RATE_WAIT_MS = 60_000;

/** What nodemailer's errors carry besides their message. */
interface SmtpFailure {
  /** ECONNECTION, EAUTH, EENVELOPE, … */
  readonly code: string;
  /** The SMTP command that was answered, such as "RCPT TO". */
  readonly command: string;
  /** The server's three digits, 0 without an answer. */
  readonly status: number;
  /** Such as "5.1.1", "" without one. */
  readonly enhanced: string;
  readonly text: string;
}

/**
 * What a failed hand-over means.
 * @param isHandedOver the whole mail had been written: without an answer nobody knows whether it was taken
 */
export function smtpError(
  error: unknown,
  isHandedOver: boolean,
  signIn: MailSignIn = "password",
): SendError {
  const failure = read(error);
  const provider = failure.text.replace(/\s+/g, " ").slice(0, 200);
  const details = provider === "" ? {} : { provider };
  const meant = meaning(failure, isHandedOver);
  return meant.code === "unauthorized"
    ? { ...meant, message: REFUSED_SIGN_IN[signIn], ...details }
    : { ...meant, ...details };
}

function read(error: unknown): SmtpFailure {
  const field = (name: string): unknown =>
    typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  const response = String(field("response") ?? "");
  const message = error instanceof Error ? error.message : "";
  return {
    code: String(field("code") ?? ""),
    command: String(field("command") ?? ""),
    status: Number(field("responseCode") ?? 0) || 0,
    enhanced: /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? "",
    text: response || message,
  };
}

function meaning(failure: SmtpFailure, isHandedOver: boolean): SendError {
  const { code, status, enhanced } = failure;
  if (code === "ETLS" && failure.command === "STARTTLS") {
    return { code: "config", message: "The mail server cannot encrypt. Check the encryption." };
  }
  if (status >= 500 || (status > 0 && status < 400)) return refused(failure);
  if (status >= 400) return putOff(failure);
  if (code === "EAUTH" || code === "ENOAUTH") return UNAUTHORIZED;
  if (code === "EMESSAGE" || enhanced === "5.3.4") return TOO_LARGE;
  if (code === "EENVELOPE") {
    return { code: "rejected", field: "to", message: "An address of this message is not valid." };
  }
  const certificate = refusedCertificate(failure.text);
  if (certificate !== null) return { code: "config", message: certificate };
  if (isHandedOver) {
    return {
      code: "ambiguous",
      message: "The connection broke after the mail was handed over. It may have arrived.",
    };
  }
  return { code: "unavailable", message: "The mail server cannot be reached right now." };
}

const UNAUTHORIZED: SendError = {
  code: "unauthorized",
  message: REFUSED_SIGN_IN.password,
};
const TOO_LARGE: SendError = {
  code: "too_large",
  message: "The mail is larger than the mail server takes.",
};

/** 4xx: later, perhaps. */
function putOff({ enhanced, status, text }: SmtpFailure): SendError {
  if (/gr[ea]y-?list/i.test(text)) {
    return {
      code: "rate_limited",
      retryAfterMs: GREYLIST_WAIT_MS,
      scope: "recipient",
      message: "The customer's mail server asks to try again in a few minutes.",
    };
  }
  const isLimit = /\brate\b|limit|too many|throttl|quota|too fast/i.test(text);
  if ((status === 421 || status === 450 || status === 451 || status === 452) && isLimit) {
    return {
      code: "rate_limited",
      retryAfterMs: RATE_WAIT_MS,
      scope: "channel",
      message: "The mail server takes no more mail for the moment.",
    };
  }
  if (enhanced.startsWith("4.2.")) {
    return { code: "unavailable", message: "The customer's mailbox takes no mail right now." };
  }
  return { code: "unavailable", message: "The mail server asks to try again later." };
}

/** 5xx: never like this. */
function refused({ code, command, enhanced, status, text }: SmtpFailure): SendError {
  const isSignIn = code === "EAUTH" || command.startsWith("AUTH") ||
    /^5\.7\.(?:3|8|9|30)$/.test(enhanced) || status === 530 || status === 534 || status === 535;
  if (isSignIn) return UNAUTHORIZED;
  if (/^5\.(?:3\.4|2\.3)$/.test(enhanced) || (status === 552 && enhanced === "")) return TOO_LARGE;
  if (/relay/i.test(text)) {
    return {
      code: "config",
      message: "The mail server sends nothing to other servers for this mailbox. Check its user.",
    };
  }
  if (/^5\.1\.[78]$/.test(enhanced) || command === "MAIL FROM") {
    return {
      code: "permission",
      message: "The mail server does not let this mailbox send with its address.",
    };
  }
  if (/^5\.7\./.test(enhanced)) {
    return {
      code: "policy_blocked",
      message: "The mail was refused by a policy or a spam filter.",
    };
  }
  const isRecipient = /^5\.[12]\./.test(enhanced) ||
    (command === "RCPT TO" && enhanced === "" && [550, 551, 552, 553].includes(status));
  if (isRecipient || (command === "RCPT TO" && /^5\.[04]\./.test(enhanced))) {
    return {
      code: "recipient_unreachable",
      message: "The customer's mail server does not know this address or takes no mail for it.",
    };
  }
  return { code: "rejected", message: "The mail server refused the mail." };
}
