/** What `deno test` says at its end, as numbers. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Reads the last line like `ok | 3 passed (2 steps) | 0 failed | 1 ignored (5ms)`.
 * @returns null where there is none, as after a syntax error.
 */
export function readSummary(output: string): Summary | null {
  const line = output.split("\n").findLast((text) => /^(ok|FAILED) \| \d+ passed/.test(text));
  if (line === undefined) return null;
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("ignored") };
}

/** The names of the tests that were ignored, with their files. */
export function ignoredNames(output: string): string[] {
  const names: string[] = [];
  let file = "";
  for (const line of output.split("\n")) {
    file = /^running \d+ tests? from (.*)$/.exec(line)?.[1] ?? file;
    // In a parallel run each line names its file, else the line above them does.
    const found = /^(?:(\.\/\S+) => )?(.*) \.\.\. ignored \(/.exec(line);
    if (found) names.push(`${found[2]} (${found[1] ?? file})`);
  }
  return names;
}

export function addSummaries(a: Summary, b: Summary): Summary {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}
