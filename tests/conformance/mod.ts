/**
 * The conformance kit: what every adapter has to hold to, as tests. An author writes a {@link Fixture} and calls
 * {@link conformance} in a test file; adapters below `adapters/` are found by `adapters_test.ts`.
 * A check that is skipped and would pass fails, and so does one that is not known.
 * @module
 */
import type { AnyAdapter } from "../../core/channel/mod.ts";
import { type Check, createSubject, type Subject } from "./check.ts";
import { connectionChecks } from "./connection_checks.ts";
import { extraChecks } from "./extra_checks.ts";
import type { Fixture } from "./fixture.ts";
import { identityChecks } from "./identity_checks.ts";
import { mediaChecks } from "./media_checks.ts";
import { parseChecks } from "./parse_checks.ts";
import { pollChecks } from "./poll_checks.ts";
import { roundTripChecks, roundTripChecksFor } from "./round_trip_checks.ts";
import { sendChecks } from "./send_checks.ts";
import { expiryChecks, verifyChecks } from "./verify_checks.ts";
import { wholeChecks } from "./whole_checks.ts";

export type * from "./fixture.ts";

/** How one check ended. */
export interface Outcome {
  readonly check: string;
  /** Null when all is well. */
  readonly problem: string | null;
}

/**
 * Registers every check that applies as a test of Deno.
 * @param kind for an adapter with several fixtures: which of its ways this one is
 */
export function conformance(adapter: AnyAdapter, fixture: Fixture, kind?: string): void {
  const title = kind === undefined ? adapter.id : `${adapter.id} (${kind})`;
  const subject = createSubject(adapter, fixture);
  for (const check of checksFor(adapter, fixture)) {
    Deno.test(`${title} conforms: ${check.name}`, async () => {
      const problem = await findProblem(check, subject);
      if (problem !== null) throw new Error(problem);
    });
  }
}

/** Runs the checks without a test runner, one after the other. */
export async function runConformance(
  adapter: AnyAdapter,
  fixture: Fixture,
  /** Which of them, by name. */
  isWanted: (check: string) => boolean = () => true,
): Promise<readonly Outcome[]> {
  const subject = createSubject(adapter, fixture);
  const outcomes: Outcome[] = [];
  for (const check of checksFor(adapter, fixture).filter(({ name }) => isWanted(name))) {
    outcomes.push({ check: check.name, problem: await findProblem(check, subject) });
  }
  return outcomes;
}

/** What is in the adapter or the fixture is checked: a port without its fixture fails. */
function checksFor(adapter: AnyAdapter, fixture: Fixture): readonly Check[] {
  const polls = adapter.poll?.isUsed(adapter.config.parse(fixture.config)) === true;
  const hasWebhook = adapter.webhook !== undefined || fixture.webhook !== undefined;
  const checks = [
    ...identityChecks,
    ...hasWebhook ? [...verifyChecks, ...parseChecks, ...wholeChecks] : [],
    ...fixture.webhook?.proofGoodForMs === undefined ? [] : expiryChecks,
    ...polls || fixture.poll !== undefined ? pollChecks : [],
    ...roundTripChecksFor(adapter, fixture),
    ...adapter.connection === undefined && fixture.connection === undefined ? [] : connectionChecks,
    ...adapter.media === undefined && fixture.media === undefined ? [] : mediaChecks,
    // An adapter that names hosts calls somebody; for a form a mailbox does.
    ...(adapter.hosts.length > 0 && adapter.form === undefined) || fixture.provider !== undefined
      ? [...sendChecks, ...extraChecks]
      : [],
  ];
  const unknown = (fixture.skip ?? []).filter(({ check }) =>
    !checks.some(({ name }) => name === check)
  );
  return [
    ...checks,
    ...unknown.map(({ check }): Check => ({
      name: check,
      run() {
        throw new Error("Skipped, and there is no such check for this adapter");
      },
    })),
  ];
}

async function findProblem(check: Check, subject: Subject): Promise<string | null> {
  const skipped = subject.fixture.skip?.some((skip) => skip.check === check.name) ?? false;
  const isKnown = ALL.has(check.name);
  try {
    await check.run(subject);
  } catch (error) {
    return skipped && isKnown ? null : describe(error);
  }
  return skipped ? "It is skipped and passes: take it out of the fixture's list" : null;
}

const ALL: ReadonlySet<string> = new Set(
  [
    ...identityChecks,
    ...verifyChecks,
    ...expiryChecks,
    ...parseChecks,
    ...pollChecks,
    ...sendChecks,
    ...extraChecks,
    ...mediaChecks,
    ...wholeChecks,
    ...roundTripChecks,
  ]
    .map(({ name }) => name),
);

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
