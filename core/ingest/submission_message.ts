import type { MessageEvent, Submission } from "../channel/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { FilledField } from "../model/form.ts";

/**
 * A filled-in form as a message of whoever filled it in: their own words first, then every field. Pure. It is taken for
 * a letter from the address they gave, which nobody proved, so that it is answered as one.
 */
export function submissionMessage(channel: Pick<Channel, "id">, event: Submission): MessageEvent {
  const { externalId, occurredAt, accountKey, identities, name, subject, fields, files } = event;
  const address = identities.find(({ kind }) => kind === "email")?.value;
  const own = event.text?.trim() ?? "";
  const rows = fields.filter(({ value }) => value !== own).map(inWords);
  const text = [own, rows.join("\n")].filter((part) => part !== "").join("\n\n");
  const nobody = { kind: "submission", value: `${channel.id} ${externalId}`, verified: false };
  return {
    type: "message",
    externalId,
    occurredAt,
    ...accountKey === undefined ? {} : { accountKey },
    direction: "in",
    sender: {
      identities: identities.length === 0 ? [nobody] : identities,
      ...name === undefined ? {} : { name },
    },
    hints: [],
    parts: [{ kind: "text", text }, ...files ?? []],
    ...subject === undefined ? {} : { subject },
    email: {
      from: address === undefined ? null : { name: name ?? "", address },
      to: [],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: subject ?? "",
      messageId: "",
      inReplyTo: null,
      references: [],
      senderVerified: false,
    },
    fields,
    ...event.page === undefined ? {} : { referral: event.page },
    ...event.verdict === undefined ? {} : { verdict: event.verdict },
    ...event.notes === undefined ? {} : { notes: event.notes },
  };
}

function inWords({ label, value }: FilledField): string {
  return value.includes("\n") ? `${label}:\n${value}` : `${label}: ${value}`;
}
