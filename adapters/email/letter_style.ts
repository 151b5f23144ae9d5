import {
  fillTemplate,
  type LetterFacts,
  type LetterStyle,
  type LetterVariable,
} from "../../core/channel/mod.ts";
import { oneLine, senderName } from "./compose_mail.ts";
import type { EmailConfig } from "./config.ts";

/** A header's name beyond this helps nobody. */
const MAX_FROM_NAME = 120;
const MAX_SIGNATURE = 4_000;

type Settings = Pick<
  EmailConfig,
  | "address"
  | "includeHistory"
  | "fromAddress"
  | "fromName"
  | "fromStyle"
  | "fromTemplate"
  | "signature"
>;

/**
 * The sender and the signature of a letter. The agent's own signature stands in place of the mailbox's, unless that one
 * has a place for it.
 */
export function letterStyle(config: Settings, facts: LetterFacts): LetterStyle {
  const company = config.fromName || facts.workspaceName;
  const { agent, contactName } = facts;
  const values = {
    "agent.name": agent?.name ?? "",
    "agent.firstName": firstWord(agent?.name ?? ""),
    "agent.meetingLink": agent?.meetingLink ?? "",
    company,
    "contact.name": contactName,
    "contact.firstName": firstWord(contactName),
  };
  const own = agent === null ? "" : fillTemplate(agent.signature, values);
  const template = config.signature ?? "";
  const signature = own !== "" && !/\{\{\s*agent\.signature\b/.test(template)
    ? own
    : fillTemplate(template, { ...values, "agent.signature": own });
  return {
    from: {
      name: oneLine(fromName(config, agent?.name ?? "", values)).slice(0, MAX_FROM_NAME),
      address: config.fromAddress ?? config.address,
    },
    signature: signature.slice(0, MAX_SIGNATURE),
    includesHistory: config.includeHistory,
  };
}

function fromName(
  config: Settings,
  agentName: string,
  values: Partial<Readonly<Record<LetterVariable, string>>>,
): string {
  switch (config.fromStyle) {
    case "agent_and_company":
      return senderName(agentName, config);
    case "company":
      return values.company ?? "";
    case "custom":
      return fillTemplate(config.fromTemplate ?? "", values) || senderName(agentName, config);
  }
}

function firstWord(name: string): string {
  return name.trim().split(/\s+/, 1)[0] ?? "";
}
