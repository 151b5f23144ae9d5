import type { FormGuards } from "../channel/mod.ts";
import type { TraceStep } from "../model/message.ts";
import type { FormToken } from "./form_token.ts";

/** What the guards found out about a posted form. */
export interface GuardFacts {
  readonly guards: Pick<FormGuards, "minFillMs" | "proofOfWork">;
  readonly now: number;
  readonly isHoneypotFilled: boolean;
  /** The page's host, and whether the channel trusts it. */
  readonly site: { readonly host: string | null; readonly isTrusted: boolean };
  readonly token: FormToken;
  /** Of the browser's work; `used`: its token was taken before. */
  readonly proof: "none" | "right" | "wrong" | "used";
  /** Null where none is asked for. */
  readonly captcha:
    | { readonly code: "solved" | "missing" | "refused" | "unavailable"; readonly message: string }
    | null;
  /** Whether the address's domain takes mail; null where nobody gave one, or it was not asked. */
  readonly domain: "takes_mail" | "takes_none" | "unknown" | null;
  /** Addresses of the web in what was written. */
  readonly links: number;
}

/** Where a posted form is filed, and which guard decided. */
export interface Judgement {
  readonly isSpam: boolean;
  /** For people, after "calls it spam": null when it is none. */
  readonly because: string | null;
  readonly notes: readonly TraceStep[];
}

/** So many links are an advertisement, unless the browser worked for it. */
const MAX_LINKS = 2;

/** Nothing is dropped: what a guard does not believe is kept as spam, and says which one it was. Pure. */
export function judgeSubmission(facts: GuardFacts): Judgement {
  const because = spamBecause(facts);
  return { isSpam: because !== null, because, notes: notesOf(facts) };
}

function spamBecause(facts: GuardFacts): string | null {
  const { guards, site, token, proof, captcha, domain, links, now } = facts;
  if (facts.isHoneypotFilled) return "the field that people do not see was filled in";
  if (!site.isTrusted) {
    return site.host === null
      ? "it does not say which site it comes from"
      : `${site.host} is none of the trusted sites`;
  }
  if (token.kind === "forged") return "the form it says it comes from was never shown";
  if (token.kind === "valid") {
    const tookMs = now - token.issuedAt;
    if (tookMs < guards.minFillMs) {
      return `it was filled in within ${(tookMs / 1_000).toFixed(1)} s`;
    }
    if (guards.proofOfWork && proof === "wrong") return "its proof of work is wrong";
  }
  if (captcha !== null && captcha.code !== "solved") return captcha.message;
  if (domain === "takes_none") return "the domain of its address takes no mail";
  if (links > MAX_LINKS && proof !== "right" && captcha === null) {
    return `it holds ${links} links, and no browser worked for it`;
  }
  return null;
}

function notesOf({ site, token, proof, captcha, domain }: GuardFacts): readonly TraceStep[] {
  const say = (detail: string) => [{ step: "form_guard", detail }];
  return [
    ...site.host === null ? [] : say(`Sent from ${site.host}`),
    ...proof === "right" ? say("The browser worked for it") : [],
    ...proof === "used" ? say("Sent again from a page that was open") : [],
    ...token.kind === "expired" ? say("Its page was opened over a day before") : [],
    ...captcha?.code === "solved" ? say(captcha.message) : [],
    ...domain === "unknown" ? say("Whether its address gets mail could not be looked up") : [],
  ];
}

/** Addresses of the web in what was written. Pure. */
export function countLinks(values: readonly string[]): number {
  return values.reduce(
    (sum, value) => sum + (value.match(/(?:https?:\/\/|\bwww\.|<a\s|\[url)/gi)?.length ?? 0),
    0,
  );
}
