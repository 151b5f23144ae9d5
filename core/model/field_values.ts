import type { FieldValues } from "./fill_fields.ts";

/** What is known of whom words go to, where, and by whom. */
export interface FieldFacts {
  readonly contact: {
    readonly name: string;
    readonly emails: readonly string[];
    readonly phones: readonly string[];
  } | null;
  /** Null: no person writes. */
  readonly agent: {
    readonly name: string;
    readonly email: string;
    readonly meetingLink: string | null;
  } | null;
  readonly inboxName: string;
  readonly conversation: { readonly number: number; readonly subject: string } | null;
  readonly workspaceName: string;
}

/** The values of the fields. A contact known by an address only has no name. Pure. */
export function fieldValues(facts: FieldFacts): FieldValues {
  const { contact, agent, inboxName, conversation, workspaceName } = facts;
  const contactName = contact === null || contact.name.includes("@") ? "" : contact.name;
  return {
    "contact.name": contactName,
    "contact.firstName": firstName(contactName),
    "contact.email": contact?.emails[0] ?? "",
    "contact.phone": contact?.phones[0] ?? "",
    "agent.name": agent?.name ?? "",
    "agent.firstName": firstName(agent?.name ?? ""),
    "agent.email": agent?.email ?? "",
    "agent.meetingLink": agent?.meetingLink ?? "",
    "inbox.name": inboxName,
    "conversation.number": conversation === null ? "" : String(conversation.number),
    "conversation.subject": conversation?.subject ?? "",
    "workspace.name": workspaceName,
  };
}

function firstName(name: string): string {
  return name.trim().split(/\s+/, 1)[0] ?? "";
}
