import { fileURLToPath } from "node:url";
import { findChromium } from "../tests/e2e/launch_browser.ts";

const UNPACK = fileURLToPath(new URL("./unpack_chromium.ts", import.meta.url));
/** 60 MB over a slow line. */
const DEADLINE_MS = 3 * 60_000;

/**
 * Path of a Chromium: one that is installed, else one from npm. Null where there is neither; the tests that need it are
 * ignored then.
 */
export async function findBrowser(): Promise<string | null> {
  const installed = findChromium();
  // The package holds a program for Linux.
  if (installed !== null || Deno.build.os !== "linux") return installed;
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-config", "--no-lock", "--node-modules-dir=none", UNPACK],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).output();
  return success ? new TextDecoder().decode(stdout).trim() : null;
}
