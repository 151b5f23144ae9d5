import type { Io, SetupStep } from "../../../core/channel/mod.ts";
import type { PageAccess } from "../access.ts";
import { REVIEW_TEXTS } from "../meta/mod.ts";
import { failedStep } from "./failed_step.ts";
import { readTokenFacts, type TokenFacts } from "./token_facts.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const SOON_DAYS = 14;
/** What its step is called. */
export const TOKEN_TITLE = "The Page's token";
/** Permissions of a token; the other texts of the review are about features of the app. */
const PERMISSION = /^pages_/;

/** Whether the token is good, for this Page and this app, and for how long. */
export async function testToken(
  access: PageAccess,
  io: Io,
): Promise<{ readonly steps: readonly SetupStep[]; readonly facts: TokenFacts | null }> {
  const asked = await readTokenFacts(access, io);
  if (!asked.ok) return { steps: [failedStep(TOKEN_TITLE, asked.error)], facts: null };
  const facts = asked.value;
  const problem = problemOf(facts, access);
  if (problem !== null) {
    const asks = { label: "Page access token", paths: ["pageAccessToken"] };
    return { steps: [{ title: TOKEN_TITLE, ok: false, detail: problem, asks }], facts };
  }
  return { steps: [lifetime(facts, io.now())], facts };
}

function problemOf({ isValid, appId, pageId }: TokenFacts, access: PageAccess): string | null {
  if (appId !== null && appId !== access.app.appId) {
    return "The token was made by another app. Make one in the app that this channel uses.";
  }
  if (!isValid) {
    return "Facebook no longer takes the token: the password of whoever made it was changed, their role on the Page ended, " +
      "or the app was removed. Make a new one.";
  }
  return pageId !== null && pageId !== access.pageId
    ? `The token is of another Page (${pageId}). Make one for the Page ${access.pageId}.`
    : null;
}

function lifetime({ expiresAt }: TokenFacts, now: number): SetupStep {
  if (expiresAt === null) {
    return { title: TOKEN_TITLE, ok: true, detail: "It is good, and does not end by time." };
  }
  const day = new Date(expiresAt).toISOString().slice(0, 10);
  const isSoon = expiresAt - now < SOON_DAYS * DAY_MS;
  return {
    title: TOKEN_TITLE,
    ok: true,
    detail: isSoon
      ? `It ends on ${day}. Connect the Page again before that: tokens made by “Connect a Page” do not end by time.`
      : `It is good until ${day}.`,
    ...isSoon && { isWarning: true as const },
  };
}

/** One step for each permission: what is there, what is missing, and what to write to Meta's review about it. */
export function testPermissions(permissions: ReadonlySet<string>): readonly SetupStep[] {
  // Whether a feature of the app was approved is not told.
  return REVIEW_TEXTS.filter(({ permission }) => PERMISSION.test(permission)).map(
    ({ permission, isNeeded, use, text }): SetupStep => {
      const title = `Permission ${permission}`;
      if (permissions.has(permission)) return { title, ok: true, detail: use };
      const detail =
        `Missing. ${use} Add it when you make the token. For customers without a role on the app, Meta reviews it first: ` +
        "this is a text for the review.";
      return { title, ok: !isNeeded, detail, code: text, ...!isNeeded && { isWarning: true } };
    },
  );
}
