import type { DeliveryReport, ParseIo, ThreadHint } from "../../../core/channel/mod.ts";
import { readOwnMessageId } from "../message_id.ts";
import { messageIdsIn } from "../message_ids.ts";
import { decodeText, decodeTransfer, fieldValue, fieldValues, type MimePart } from "../mime/mod.ts";
import { ownIdsIn, readBounceText } from "./bounce_text.ts";
import { readDeliveryStatus } from "./delivery_status.ts";
import { fieldGroups, findPart, originalMessageId } from "./report_part.ts";

export interface Report {
  /** For the trace. */
  readonly note: { readonly step: string; readonly detail: string };
  /** Where the mail it is about leads, for reports that are filed like other mail. */
  readonly hints: readonly ThreadHint[];
  /** What it says of our mail's delivery; absent when it says nothing, or names no mail. */
  readonly delivery?: DeliveryReport;
}

const RECEIPT = new Set(["message/disposition-notification"]);
const COMPLAINT = new Set(["message/feedback-report"]);
const RETURNED = new Set(["message/rfc822", "text/rfc822-headers"]);
const MAX_RAW_BYTES = 256 * 1024;

/** What a mail reports on a mail of ours; null when it is no report. Only signed ids of ours and ids of stored mails count. */
export async function readReport(
  root: MimePart,
  mail: { readonly fromAddress: string | null; readonly subject: string; readonly text: string },
  io: ParseIo,
): Promise<Report | null> {
  const { fields } = root;
  const receipt = findPart(root, RECEIPT);
  if (receipt !== null) {
    const named = fieldGroups(receipt).flatMap((group) =>
      fieldValues(group, "original-message-id")
    );
    const ids = named.flatMap(messageIdsIn).slice(0, 1);
    return {
      note: { step: "read_receipt", detail: "The customer's mail program says the mail was shown" },
      hints: await hintsOf(ids, io),
    };
  }
  const original = originalMessageId(root);
  if (findPart(root, COMPLAINT) !== null) {
    return {
      note: {
        step: "complaint",
        detail: "A mail provider passes on that the mail was marked as spam",
      },
      hints: await hintsOf(original === null ? [] : [original], io),
    };
  }

  const recipients = readDeliveryStatus(root) ?? readBounceText(fields, mail);
  if (recipients === null) return null;
  const ids = original === null ? await namedIds(root, mail.text, io) : [original];
  const targets: DeliveryReport["targets"] = [];
  for (const id of ids) {
    const own = await readOwnMessageId(id, io);
    if (own !== null) targets.push({ by: "outbox", outboxId: own.outboxId });
    targets.push({ by: "external", messageExternalId: id });
  }
  return {
    note: { step: "bounce", detail: "A mail server reports on the delivery of a mail" },
    hints: await hintsOf(ids, io),
    ...targets.length === 0 || recipients.length === 0
      ? {}
      : { delivery: { targets, recipients: [...recipients] } },
  };
}

/** Ids of ours a bounce names without returning the mail: in its words, in what it quotes, in the headers of an answer. */
async function namedIds(root: MimePart, text: string, io: ParseIo): Promise<readonly string[]> {
  const { fields } = root;
  const answered = ["in-reply-to", "references", "x-original-message-id"]
    .flatMap((name) => messageIdsIn(fieldValue(fields, name) ?? ""));
  const quoted = findPart(root, RETURNED);
  const raw = quoted === null ? "" : decodeText(
    decodeTransfer(quoted.body.subarray(0, MAX_RAW_BYTES), quoted.encoding),
    "utf-8",
  );
  const candidates = [...ownIdsIn(text), ...ownIdsIn(raw), ...answered.slice(-10)];
  const signed: string[] = [];
  for (const id of new Set(candidates)) {
    if (await readOwnMessageId(id, io) !== null) signed.push(id);
  }
  return signed;
}

async function hintsOf(ids: readonly string[], io: ParseIo): Promise<readonly ThreadHint[]> {
  const hints: ThreadHint[] = [];
  for (const externalId of ids) {
    hints.push({ by: "message", externalId, how: "The mail it reports on" });
    const own = await readOwnMessageId(externalId, io);
    if (own?.conversationId == null) continue;
    const { conversationId } = own;
    hints.push({ by: "conversation", conversationId, how: "A Message-ID of ours in a report" });
  }
  return hints;
}
