import { addressesIn } from "../mail_addresses.ts";
import { fieldValue, fieldValues, type HeaderField } from "../mime/mod.ts";
import { type ReportedRecipient, reportedRecipient } from "./bounce_reason.ts";

const MAX_TEXT = 64 * 1024;
const OWN_ID = /m\.[A-Za-z0-9_-]{1,64}\.[a-z0-9]{1,40}\.[a-z2-7]{16}@[A-Za-z0-9.-]{1,253}/g;
const MAILER = /^(?:mailer-daemon|postmaster|mail-daemon|mailer|mdaemon)(?:[+@]|$)/i;
const BOUNCE_SUBJECT =
  /^(?:undeliver|mail delivery (?:failed|failure|subsystem|system)|delivery (?:status notification|failure|has failed|problem)|returned mail|failure notice|non remis|unzustellbar|mail could not be delivered|warning: (?:message|could not))/i;
const BOUNCE_TEXT =
  /^\s*(?:hi\. this is the\b|this is (?:the mail system|an automatically generated delivery)|this message was created automatically by mail delivery|your message (?:to .{1,200} )?(?:could not|couldn't|wasn't|was not) (?:be )?delivered|delivery (?:has failed|to the following recipients? failed)|\*\* (?:address not found|message not delivered))/i;
const STILL_TRYING =
  /\b(?:delayed|will (?:be |continue (?:to|trying)|keep trying|retry)|still (?:being )?tr(?:ied|ying)|(?:you do )?not need to resend|has not (?:yet )?been delivered|temporary (?:failure|problem|error))\b/i;

/**
 * What a bounce says that comes without a machine-readable part: from its headers and, as far as it must, its words.
 * @returns null when the mail is no bounce
 */
export function readBounceText(
  fields: readonly HeaderField[],
  mail: { readonly fromAddress: string | null; readonly subject: string; readonly text: string },
): readonly ReportedRecipient[] | null {
  const failed = addressesIn(fieldValues(fields, "x-failed-recipients"))
    .map(({ address }) => address.toLowerCase());
  const text = mail.text.slice(0, MAX_TEXT);
  const isFromMailer = mail.fromAddress !== null && MAILER.test(mail.fromAddress);
  const sounds = BOUNCE_SUBJECT.test(mail.subject) || BOUNCE_TEXT.test(text);
  const isEmptyPath = /^<\s*>$/.test(fieldValue(fields, "return-path")?.trim() ?? "");
  // Out-of-office replies have an empty path too, and people write about failed deliveries.
  if (failed.length === 0 && !(sounds && (isFromMailer || isEmptyPath))) return null;

  // What is quoted of our own mail says nothing about its delivery.
  const said = text.split(
    /^-{3,} ?(?:this is a copy|original message|below this line|forwarded message).*$/im,
    1,
  )[0] ?? "";
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0] ?? "";
  const isDelayed = failed.length === 0 && !status.startsWith("5") &&
    (STILL_TRYING.test(said) || STILL_TRYING.test(mail.subject));
  const about = {
    outcome: isDelayed ? "delayed" : "failed",
    status,
    diagnostic: reasonIn(said),
  } as const;
  const addresses = failed.length > 0 ? failed.slice(0, 50) : [null];
  return addresses.map((address) => reportedRecipient({ address, ...about }));
}

/** Message-IDs of our own grammar in the text of a bounce; whether they are signed by us is for the caller to check. */
export function ownIdsIn(text: string): readonly string[] {
  return [...new Set(text.slice(0, 4 * MAX_TEXT).match(OWN_ID) ?? [])].slice(0, 10);
}

/** The line in which a server's answer is quoted. */
function reasonIn(text: string): string {
  const line = text.split(/\r?\n/).find((one) =>
    /\b[45]\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b/.test(one)
  );
  return (line ??
    text.split(/\r?\n/).find((one) =>
      /unknown|no such|not found|full|reject|does not exist|disabled/i.test(one)
    ) ?? "").trim();
}
