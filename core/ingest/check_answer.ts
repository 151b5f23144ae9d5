import { domainToASCII } from "node:url";
import { can, type Principal } from "../access/mod.ts";
import type { MessageEvent, Verdict } from "../channel/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { User } from "../model/user.ts";
import type { AnswerRefusal } from "../notifications/mod.ts";
import type { AnswerCodeRecord } from "../store/mod.ts";

/** What decides about an answer by mail, but for its words. */
export interface AnswerFacts {
  readonly event: Pick<MessageEvent, "automatic" | "verdict">;
  /** The one address in From, in lower case; null unless there is exactly one. */
  readonly author: string | null;
  /** Whose answer it should be; null when they are gone. */
  readonly user: User | null;
  /** The same as a caller; null when they are deactivated. */
  readonly principal: Principal | null;
  readonly code: AnswerCodeRecord;
  readonly conversation: Pick<Conversation, "inboxId">;
  readonly now: number;
}

/**
 * Why an answer may not be posted; null when it may. Pure. The code proves nothing alone: mails get forwarded. Its owner
 * must have written it, by the word of a server that the mailbox trusts, and still have the right to answer there.
 */
export function checkAnswer(facts: AnswerFacts): AnswerRefusal | null {
  const { event, author, user, principal, code, conversation, now } = facts;
  if (event.automatic === true) return "automatic";
  if (user === null || principal === null) return "inactive";
  if (author !== user.email) return "other_sender";
  if (!isVouchedFor(author, event.verdict)) return "not_proven";
  if (code.expiresAt <= now) return "expired";
  return can(principal, "conversation.write", conversation) ? null : "no_right";
}

/** DMARC passed, and for the author's domain: of a From that servers read in different ways it may be another's. */
function isVouchedFor(author: string, verdict: Verdict | undefined): boolean {
  if (verdict?.dmarc !== "pass") return false;
  if (verdict.dmarcDomain === undefined) return true;
  const domain = domainToASCII(author.split("@").at(-1) ?? "");
  return domain !== "" && domainToASCII(verdict.dmarcDomain) === domain;
}
