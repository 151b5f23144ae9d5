import { type Browser, chromium } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What asks the network by itself, or shows what nobody asked for. */
const DISABLED_FEATURES = [
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
];

/** Path of a Chromium on this machine (`CHROMIUM_PATH` first), or null when there is none. */
export function findChromium(): string | null {
  const named = Deno.env.get("CHROMIUM_PATH");
  const paths = named === undefined ? PATHS : [named, ...PATHS];
  return paths.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  }) ?? null;
}

/** A headless Chromium. Close it with `await using` or `close()`. @throws when none is installed. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("Cannot start a browser: no Chromium found");
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Replaces the driver's own list, which would switch off partitioned storage as well: frames of other sites,
      // such as the widget's, would be refused the storage that browsers give them.
      `--disable-features=${DISABLED_FEATURES.join(",")}`,
    ],
  });
}
