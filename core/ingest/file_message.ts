import type { CheckResult, MessageEvent, Verdict } from "../channel/mod.ts";
import { DEFAULT_SPAM_POLICY, matchesList, type SpamPolicy } from "../inboxes/mod.ts";
import type { Lane } from "../model/conversation.ts";
import type { TraceStep } from "../model/message.ts";

/** Where a message is filed, and why. */
export interface Filing {
  readonly isSpam: boolean;
  /** Written by a machine: wakes nobody, is answered by nobody's machine. */
  readonly isAutomatic: boolean;
  /** Of a conversation that it begins; absent for mail by people. */
  readonly lane?: Lane;
  readonly trace: readonly TraceStep[];
}

export interface FilingFacts {
  readonly event: Pick<MessageEvent, "automatic" | "lane" | "verdict" | "sender">;
  /** The contact is blocked. */
  readonly isBlocked: boolean;
  /** It comes from an address of one of our channels, and not to a reply address we signed. */
  readonly isOwn: boolean;
  /** We have written to this contact before. */
  readonly isKnown: boolean;
  /** It begins a conversation. */
  readonly isFirst: boolean;
  readonly policy: SpamPolicy | undefined;
}

/**
 * Decides whether a message is spam and which lane it goes to. Pure. Nothing is dropped: spam is a status, and machines'
 * mail waits in a view of its own. The lists decide before anything else; whom we wrote to is no spam unless a machine
 * writes, or somebody who only pretends to be them; a filter's word counts for new conversations only.
 */
export function fileMessage(facts: FilingFacts): Filing {
  const { event, isOwn } = facts;
  const isAutomatic = event.automatic === true || isOwn;
  const lane = laneOf(facts, isAutomatic);
  const own: readonly TraceStep[] = isOwn
    ? [{ step: "own_address", detail: "From an address of our own: taken for a machine" }]
    : [];
  const spam = spamBecause(facts, isAutomatic);
  const isFiled = lane !== undefined && !spam.isSpam && facts.isFirst;
  const trace = [...own, ...spam.trace, ...isFiled ? LANE_STEPS[lane] : []];
  return {
    isSpam: spam.isSpam,
    isAutomatic,
    ...lane === undefined || spam.isSpam ? {} : { lane },
    trace,
  };
}

/** For machines' mail, another step says how it was told. */
const LANE_STEPS: Readonly<Record<Lane, readonly TraceStep[]>> = {
  automatic: [],
  newsletter: [{ step: "lane", detail: "A newsletter or list: kept out of Unassigned" }],
  marketing: [{ step: "lane", detail: "A campaign's mail: kept out of Unassigned" }],
  role: [{ step: "lane", detail: "From a role address, behind which a person may sit" }],
};

/** A person whom we know stays among people, whatever their mail looks like. */
function laneOf({ event, isKnown }: FilingFacts, isAutomatic: boolean): Lane | undefined {
  if (isKnown && !isAutomatic) return undefined;
  const isByRole = event.lane === "role";
  return isAutomatic && (event.lane === undefined || isByRole) ? "automatic" : event.lane;
}

function spamBecause(
  { event, isBlocked, isKnown, isFirst, policy = DEFAULT_SPAM_POLICY }: FilingFacts,
  isAutomatic: boolean,
): { readonly isSpam: boolean; readonly trace: readonly TraceStep[] } {
  const say = (isSpam: boolean, step: string, detail: string) => ({
    isSpam,
    trace: [{ step, detail }],
  });
  if (isBlocked) return say(true, "blocked", "The sender is blocked: filed as spam");
  const addresses = event.sender.identities.filter(({ kind }) => kind === "email")
    .map(({ value }) => value);
  const allowed = matchesList(policy.allow, addresses);
  if (allowed !== null) return say(false, "allow_list", `"${allowed}" is on the allow list`);
  const denied = matchesList(policy.deny, addresses);
  if (denied !== null) {
    return say(true, "deny_list", `"${denied}" is on the deny list: filed as spam`);
  }
  const { verdict } = event;
  if (verdict?.isSpam !== true) return { isSpam: false, trace: [] };
  const { by, because } = verdict;
  const said = `${by} calls it spam${because === undefined ? "" : ` (${because})`}`;
  if (!isFirst) {
    return say(false, "spam_verdict", `${said}; it belongs to a conversation`);
  }
  if (isKnown && !isAutomatic && verdict.dmarc !== "fail") {
    return say(false, "known_contact", `${said}; we have written to them before`);
  }
  return say(true, "spam_verdict", said);
}

const IN_WORDS: Readonly<Record<CheckResult, string>> = {
  pass: "pass",
  softfail: "softfail",
  fail: "fail",
  none: "none",
  error: "could not be checked",
};

/** What a verdict says, for the trace; empty when it says nothing. */
export function verdictSteps(verdict: Verdict | undefined): readonly TraceStep[] {
  if (verdict === undefined) return [];
  const told = ([["SPF", verdict.spf], ["DKIM", verdict.dkim], ["DMARC", verdict.dmarc]] as const)
    .flatMap(([name, result]) => result === undefined ? [] : [`${name} ${IN_WORDS[result]}`]);
  return told.length === 0
    ? []
    : [{ step: "sender_check", detail: `${told.join(", ")} (says ${verdict.by})` }];
}
