/**
 * `deno task test`: every test of the tree. Files in `tests/e2e/` start processes and browsers against what is built,
 * two at a time, for they mostly wait; those of `tests/e2e/timed/` measure time, so they run alone. All others run in
 * parallel. The examples in the documentation of `mod.ts` files are tests as well.
 *
 * Arguments: paths narrow the files to those that begin with one of them; flags such as
 * `--filter=words` are handed to `deno test`.
 */
import { buildIfStale } from "./build.ts";
import { findBrowser } from "./find_browser.ts";
import { addSummaries, ignoredNames, readSummary, type Summary } from "./test_summary.ts";

const ROOTS = ["adapters", "core", "fresh", "islands", "routes", "tests", ".tasks"];
const END_TO_END = "tests/e2e/";
const TIMED = "tests/e2e/timed/";
/** Browsers and servers at once: more only wait for each other on a small machine, and their time limits run out. */
const END_TO_END_JOBS = "2";
/** A test that never ends must not hold the others' results back. */
const RUN_DEADLINE_MS = 12 * 60_000;

interface Run {
  readonly title: string;
  readonly flags: readonly string[];
  readonly files: readonly string[];
  /** Files at a time, where it is not one per core. */
  readonly jobs?: string;
  /** Runs against `_fresh/`. */
  readonly needsBuild?: true;
}

const NONE: Summary = { passed: 0, failed: 0, skipped: 0 };
const FAILED: Summary = { passed: 0, failed: 1, skipped: 0 };

async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith("-"));
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const browser = await findBrowser();
  const env = { NO_COLOR: "1", ...browser === null ? {} : { CHROMIUM_PATH: browser } };
  let total = NONE;
  const ignored: string[] = [];
  for (const run of await planRuns(paths)) {
    console.log(`\n# ${run.title}`);
    if (run.needsBuild && !await isBuilt()) {
      total = addSummaries(total, FAILED);
      continue;
    }
    const { output, success } = await runTests(run, { flags, env });
    const summary = readSummary(output);
    total = addSummaries(total, summary ?? NONE);
    // Ended without a summary, or failed without a failed test: that is a failure too.
    if (summary === null || (!success && summary.failed === 0)) total = addSummaries(total, FAILED);
    ignored.push(...ignoredNames(output));
  }
  if (ignored.length > 0) {
    console.log(`\nSkipped:\n${ignored.map((name) => `  ${name}`).join("\n")}`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

async function planRuns(paths: readonly string[]): Promise<Run[]> {
  const all = (await Promise.all(ROOTS.map(listCode))).flat().sort()
    .filter((file) => paths.length === 0 || paths.some((path) => file.startsWith(path)));
  const tests = all.filter((file) => /_test\.tsx?$/.test(file));
  const isTimed = (file: string) => file.startsWith(TIMED);
  const isEndToEnd = (file: string) => file.startsWith(END_TO_END) && !isTimed(file);
  const runs: Run[] = [
    {
      title: "unit",
      flags: ["--parallel", "--preload=.tasks/strict_console.ts"],
      files: tests.filter((file) => !isEndToEnd(file) && !isTimed(file)),
    },
    { title: "examples", flags: ["--doc"], files: await withExamples(all) },
    {
      title: "end to end",
      flags: ["--parallel"],
      files: tests.filter(isEndToEnd),
      jobs: END_TO_END_JOBS,
      needsBuild: true,
    },
    { title: "timed", flags: [], files: tests.filter(isTimed), needsBuild: true },
  ];
  return runs.filter(({ files }) => files.length > 0);
}

async function isBuilt(): Promise<boolean> {
  try {
    await buildIfStale();
    return true;
  } catch (error) {
    console.error(`Cannot build the app: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

/** Runs `deno test`, shows what it prints, and returns that too. Types are checked by `deno task check`. */
async function runTests(
  { flags, files, jobs }: Run,
  options: { readonly flags: readonly string[]; readonly env: Record<string, string> },
) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "-A",
      "--no-check",
      "--trace-leaks",
      "--sanitize-ops",
      "--sanitize-resources",
      ...flags,
      ...options.flags,
      ...files,
    ],
    env: { ...options.env, ...jobs === undefined ? {} : { DENO_JOBS: jobs } },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    signal: AbortSignal.timeout(RUN_DEADLINE_MS),
  }).spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    await Deno.stdout.write(new TextEncoder().encode(text));
  }
  return { output, success: (await child.status).success };
}

/** The `mod.ts` files with a code block in their documentation. */
async function withExamples(paths: readonly string[]): Promise<string[]> {
  const mods = paths.filter((path) => path.startsWith("core/") && path.endsWith("/mod.ts"));
  const texts = await Promise.all(mods.map((path) => Deno.readTextFile(path)));
  return mods.filter((_, i) => texts[i]?.includes("* ```"));
}

async function listCode(dir: string): Promise<string[]> {
  const found: string[] = [];
  if (await Deno.stat(dir).catch(() => null) === null) return found;
  for await (const entry of Deno.readDir(dir)) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory) found.push(...await listCode(path));
    else if (/\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found;
}

// Vite leaves esbuild's process behind.
Deno.exit(await main(Deno.args));
