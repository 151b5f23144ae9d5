/**
 * Run as a process of its own where no Chromium is installed: fetches one from npm, unpacks it below the system's
 * temporary folder and prints the path of a script that starts it. Not in deno.json, so that only those download its
 * 60 MB whose tests need it.
 */
import { tmpdir } from "node:os";

/** Not written into the import: checking types would install it. */
const PACKAGE = "npm:@sparticuz/chromium@153.0.0";

// Makes the package bring the system libraries that a bare machine lacks.
Deno.env.set("AWS_LAMBDA_JS_RUNTIME", "nodejs22.x");
const { default: chromium }: { default: { executablePath(): Promise<string> } } = await import(
  PACKAGE
);
const executable = await chromium.executablePath();
// Set by the package, and needed by the browser alone.
const exports = ["LD_LIBRARY_PATH", "FONTCONFIG_PATH"].map((name) =>
  `export ${name}='${Deno.env.get(name) ?? ""}'`
);
const script = `${tmpdir()}/parley-chromium.sh`;
await Deno.writeTextFile(
  script,
  ["#!/bin/sh", ...exports, `exec '${executable}' "$@"`, ""].join("\n"),
  {
    mode: 0o755,
  },
);
console.log(script);
