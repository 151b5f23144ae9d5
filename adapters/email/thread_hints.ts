import type { ParseIo, ThreadHint } from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { readOwnMessageId } from "./message_id.ts";
import { messageIdsIn } from "./message_ids.ts";
import { fieldValue, fieldValues, type HeaderField } from "./mime/mod.ts";
import { codedRecipients, readReplyCode } from "./reply_address.ts";

/** Message ids looked up for one mail: enough for any real one. */
const MAX_REFERENCES = 10;

export interface ThreadHints {
  readonly hints: readonly ThreadHint[];
  /** A reply code was there whose signature is not ours. */
  readonly isForged: boolean;
}

/**
 * Where a mail belongs, strongest first: a signed reply address among its recipients, the message it answers, those it
 * refers to from the last to the first, and at last a Message-ID of ours whose message may be gone.
 * @param envelopeTo the recipient the mail server was told, when it says so
 */
export async function threadHints(
  fields: readonly HeaderField[],
  envelopeTo: string | null,
  config: Pick<EmailConfig, "matchReferences">,
  io: ParseIo,
): Promise<ThreadHints> {
  const hints: ThreadHint[] = [];
  let isForged = false;
  for (const address of codedRecipients(fields, envelopeTo, "+r.")) {
    const code = await readReplyCode(address, io);
    if (code.kind === "forged") isForged = true;
    if (code.kind !== "valid") continue;
    hints.push({
      by: "conversation",
      conversationId: code.conversationId,
      how: "The signed reply address",
      ...code.purpose === "aside" ? { isAside: true } : {},
    });
  }

  const answered = fieldValues(fields, "in-reply-to").flatMap(messageIdsIn).slice(0, 2);
  const references = latestFirst(messageIdsIn(fieldValue(fields, "references") ?? ""))
    .filter((id) => !answered.includes(id));
  if (config.matchReferences) {
    for (const externalId of answered) {
      hints.push({ by: "message", externalId, how: "In-Reply-To" });
    }
    for (const externalId of references) {
      hints.push({ by: "message", externalId, how: "References" });
    }
  }

  for (const id of [...answered, ...references]) {
    const own = await readOwnMessageId(id, io);
    if (own?.conversationId == null) continue;
    const { conversationId } = own;
    hints.push({ by: "conversation", conversationId, how: "A Message-ID of ours" });
    break;
  }
  return { hints, isForged };
}

/** The latest ones and the first, which began the thread. */
export function latestFirst(ids: readonly string[]): readonly string[] {
  const latest = ids.slice(-MAX_REFERENCES).reverse();
  const first = ids[0];
  return first === undefined || latest.includes(first) ? latest : [...latest, first];
}
