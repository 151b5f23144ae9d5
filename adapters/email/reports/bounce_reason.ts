import type { DeliveryReport } from "../../../core/channel/mod.ts";

export type ReportedRecipient = DeliveryReport["recipients"][number];

const MAX_PROVIDER_LENGTH = 200;
const NO_SUCH_ADDRESS =
  /\b(?:user|recipient|mailbox|account|address|alias)\b.{0,40}\b(?:unknown|not found|not exist|does ?n[o']t exist|invalid|disabled|rejected|no longer)\b|\b(?:unknown|invalid|no such) (?:user|recipient|mailbox|address|account)\b|\bno mailbox here\b|\bdomain (?:name )?not found\b|\bhost (?:or domain name )?(?:unknown|not found)\b/i;
const FULL = /\b(?:mailbox|inbox)\b.{0,30}\bfull\b|\bover ?quota\b|\bquota exceeded\b/i;
const POLICY =
  /\bspam\b|\bblack ?list|\bblock ?list|\bblocked\b|\bpolicy\b|\bdmarc\b|\breputation\b/i;

/**
 * What a report says of one recipient, in words an agent understands.
 * @param facts.status enhanced status code such as "5.1.1"; "" when there is none
 * @param facts.diagnostic the words of the server that refused it
 */
export function reportedRecipient(facts: {
  readonly address: string | null;
  readonly outcome: "failed" | "delayed";
  readonly status: string;
  readonly diagnostic: string;
}): ReportedRecipient {
  const { address, outcome, status, diagnostic } = facts;
  const provider = `${status} ${diagnostic}`.replace(/\s+/g, " ").trim()
    .slice(0, MAX_PROVIDER_LENGTH);
  const { code, message, isAddressBad } = outcome === "delayed"
    ? DELAYED
    : meaning(status, diagnostic);
  return {
    address,
    outcome,
    isAddressBad,
    error: { code, message, ...provider === "" ? {} : { provider } },
  };
}

/**
 * Whether a server's answer says that the address itself is wrong.
 * @param answer such as "550 5.1.1 No such user", "smtp; 550 User unknown"
 */
export function isWrongAddress(answer: string): boolean {
  const [, status = "", words = ""] =
    /^(?:smtp;\s*)?(?:\d{3}[ -])?\s*(?:([245]\.\d{1,3}\.\d{1,3})\b)?(.*)$/is.exec(answer.trim()) ??
      [];
  // "Other address status" is also said of senders: the words decide.
  return meaning(status === "5.1.0" ? "" : status, words.slice(0, 1_000)).isAddressBad;
}

interface Meaning {
  /** Of the adapter contract's send errors. */
  readonly code: string;
  readonly message: string;
  readonly isAddressBad: boolean;
}

const DELAYED: Meaning = {
  code: "unavailable",
  message: "The mail could not be delivered yet. It is still being tried.",
  isAddressBad: false,
};

function meaning(status: string, text: string): Meaning {
  if (/^5\.2\.2$/.test(status) || (isVague(status) && FULL.test(text))) {
    return failure("recipient_unreachable", "The customer's mailbox is full.");
  }
  if (/^5\.(?:2\.3|3\.4)$/.test(status)) {
    return failure("too_large", "The mail is larger than the customer's mail server takes.");
  }
  if (/^5\.7\./.test(status) || (isVague(status) && POLICY.test(text))) {
    return failure("policy_blocked", "The mail was refused by a policy or a spam filter.");
  }
  const isWrong = /^5\.1\.(?:0|1|2|3|6|10)$/.test(status) || status === "5.2.1" ||
    status === "5.4.4" || (isVague(status) && NO_SUCH_ADDRESS.test(text));
  if (isWrong) {
    const message = "This address does not exist or takes no mail.";
    return { code: "recipient_unreachable", message, isAddressBad: true };
  }
  if (/^4\.|^5\.4\.7$/.test(status)) {
    const message = "The mail was tried for days and could not be delivered.";
    return failure("unavailable", message);
  }
  return failure("rejected", "The customer's mail server sent the mail back.");
}

/** No code, or one that says only that it failed. */
function isVague(status: string): boolean {
  return status === "" || /^5\.(?:0\.0|3\.0|4\.0|5\.0|0\.\d+)$/.test(status);
}

function failure(code: string, message: string): Meaning {
  return { code, message, isAddressBad: false };
}
