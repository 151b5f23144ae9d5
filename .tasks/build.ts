/**
 * `deno task build`: builds the app into `_fresh/` unless what is there came from the same sources.
 * Sources are compared by content, since a checkout gives every file a new time.
 */
import { createHash } from "node:crypto";

const OUT = "_fresh";
const STAMP = `${OUT}/.stamp`;
const SOURCES = [
  "routes",
  "islands",
  "adapters",
  "core",
  "static",
  "fresh",
  "main.ts",
  "worker.ts",
  "client.ts",
  "fresh.config.ts",
  "deno.json",
  "deno.lock",
  ".tasks/browser_bundles.ts",
  ".tasks/drop_unused_properties.ts",
  ".tasks/drop_unused_rules.ts",
];

/** Builds what is stale. Two at once: the second waits for the first and finds nothing to do. */
export async function buildIfStale(): Promise<"built" | "fresh"> {
  await Deno.mkdir(OUT, { recursive: true });
  using lock = await Deno.open(`${OUT}/.lock`, { create: true, write: true });
  await lock.lock(true);
  const sources = await hashSources();
  const stamp = await Deno.readTextFile(STAMP).catch(() => "");
  if (stamp === sources && await isFile(`${OUT}/server.js`)) return "fresh";
  await Deno.remove(STAMP).catch(() => {});
  await buildApp();
  await Deno.writeTextFile(STAMP, sources);
  return "built";
}

async function buildApp(): Promise<void> {
  // Vite takes longer to import than a fresh build takes to check.
  const { createBuilder } = await import("vite");
  const builder = await createBuilder({
    configFile: "fresh.config.ts",
    configLoader: "native",
    logLevel: "warn",
  });
  await builder.buildApp();
}

/** One hash over the paths and contents of all that a build reads, but for tests. */
async function hashSources(): Promise<string> {
  const paths = (await Promise.all(SOURCES.map(listFiles))).flat().sort();
  const hashes = await Promise.all(paths.map(async (path) => {
    const content = await Deno.readFile(path);
    return `${path} ${createHash("sha256").update(content).digest("hex")}`;
  }));
  return createHash("sha256").update(hashes.join("\n")).digest("hex");
}

async function listFiles(path: string): Promise<string[]> {
  const info = await Deno.stat(path).catch(() => null);
  if (info === null || /_test\.tsx?$/.test(path)) return [];
  if (!info.isDirectory) return [path];
  const found: Promise<string[]>[] = [];
  for await (const entry of Deno.readDir(path)) found.push(listFiles(`${path}/${entry.name}`));
  return (await Promise.all(found)).flat();
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}

if (import.meta.main) {
  const startedAt = performance.now();
  try {
    if (await buildIfStale() === "built") {
      console.log(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    // The error of a bundler carries every file it has seen.
    console.error(`Cannot build: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
  // Vite leaves esbuild's process behind.
  Deno.exit(0);
}
