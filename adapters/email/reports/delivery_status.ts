import { addressesIn } from "../mail_addresses.ts";
import { fieldValue, type HeaderField, type MimePart } from "../mime/mod.ts";
import { type ReportedRecipient, reportedRecipient } from "./bounce_reason.ts";
import { fieldGroups, findPart } from "./report_part.ts";

const TYPES = new Set(["message/delivery-status", "message/global-delivery-status"]);
const MAX_RECIPIENTS = 50;

/**
 * The recipients of a delivery status notification that did not get the mail, or not yet (RFC 3464). Empty when all of
 * them did; null when the mail is no such notification.
 */
export function readDeliveryStatus(root: MimePart): readonly ReportedRecipient[] | null {
  const part = findPart(root, TYPES);
  if (part === null) return null;
  return fieldGroups(part).flatMap((fields) => recipientOf(fields) ?? []).slice(0, MAX_RECIPIENTS);
}

/** Null for the group about the whole message, and for recipients the mail reached. */
function recipientOf(fields: readonly HeaderField[]): ReportedRecipient | null {
  const final = fieldValue(fields, "final-recipient");
  const original = fieldValue(fields, "original-recipient");
  if (final === null && original === null) return null;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fieldValue(fields, "status") ?? "")?.[0] ?? "";
  const diagnostic = typedValue(fieldValue(fields, "diagnostic-code"));
  const outcome = outcomeOf(fieldValue(fields, "action"), status);
  if (outcome === null) return null;
  const precise = status === "" || /^[45]\.0\.0$/.test(status)
    ? /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0] ?? status
    : status;
  // The address we wrote to, when the server tells it besides the one it was forwarded to.
  const address = addressesIn([typedValue(original), typedValue(final)])[0]?.address ?? null;
  return reportedRecipient({
    address: address?.toLowerCase() ?? null,
    outcome,
    status: precise,
    diagnostic,
  });
}

function outcomeOf(action: string | null, status: string): ReportedRecipient["outcome"] | null {
  switch (action?.trim().toLowerCase()) {
    case "failed":
      return "failed";
    case "delayed":
      return "delayed";
    case "delivered":
    case "relayed":
    case "expanded":
      return null;
    default:
      return status.startsWith("5") ? "failed" : status.startsWith("4") ? "delayed" : null;
  }
}

/** The value of `rfc822; ana@example.com` and `smtp; 550 No`. */
function typedValue(value: string | null): string {
  return (value ?? "").replace(/^\s*[\w-]+\s*;/, "").trim();
}
