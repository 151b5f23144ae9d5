import type { RefusedRecipient } from "../../core/channel/mod.ts";
import { isWrongAddress, reportedRecipient } from "./reports/mod.ts";

/** What a server said to one recipient, in the words of nodemailer's errors. */
interface Refusal {
  readonly recipient: string | null;
  /** Its whole answer: "550 5.1.1 No such user". */
  readonly response: string;
}

/**
 * The recipients that a mail server refused by name while it was given a mail, and why, as a report on them would say.
 * @param from nodemailer's result, or the error it threw
 * @param everyone whom the mail was for: an answer to the mail itself is about the only one
 */
export function refusedRecipients(
  from: unknown,
  everyone: readonly string[],
): readonly RefusedRecipient[] {
  const named = field(from, "rejectedErrors");
  if (Array.isArray(named) && named.length > 0) {
    return named.flatMap((error) => {
      const { recipient, response } = refusalOf(error);
      return recipient === null ? [] : refused(recipient, response);
    });
  }
  // Refused with the mail in hand: said of the address only where it is said outright.
  const [only, ...others] = new Set(everyone.map((one) => one.toLowerCase()));
  const { response } = refusalOf(from);
  const isOfAddress = field(from, "command") === "DATA" &&
    /^550[ -]5\.1\.(?:1|10)\b/.test(response);
  return only === undefined || others.length > 0 || !isOfAddress ? [] : refused(only, response);
}

function refused(address: string, response: string): readonly RefusedRecipient[] {
  const [, digits = "", status = "", words = ""] =
    /^(\d{3})[ -]?(?:([245]\.\d{1,3}\.\d{1,3})\b)?\s*(.*)$/s.exec(response) ?? [];
  if (digits.startsWith("4")) {
    const message = "The mail server did not take the mail for this address just now.";
    const provider = response.replace(/\s+/g, " ").slice(0, 200);
    return [{ address, isAddressBad: false, error: { code: "unavailable", message, provider } }];
  }
  if (!digits.startsWith("5")) return [];
  const { error } = reportedRecipient({
    address,
    outcome: "failed",
    status: status === "5.1.0" ? "" : status,
    diagnostic: `${digits} ${words}`,
  });
  return [{ address, isAddressBad: isWrongAddress(response), error }];
}

function refusalOf(error: unknown): Refusal {
  const recipient = field(error, "recipient");
  return {
    recipient: typeof recipient === "string" ? recipient : null,
    response: String(field(error, "response") ?? ""),
  };
}

function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}
