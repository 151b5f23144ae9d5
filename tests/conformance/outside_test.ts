/** An adapter that is no part of the tree, tested as `adapters/README.md` tells its author. */
import assert from "node:assert/strict";
import { makeAdapter } from "../../.tasks/make_adapter.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) =>
  Deno.readTextFile(new URL(path, ROOT)).catch((error: unknown) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });

/** Runs the kit over the scaffold's files, changed, in a folder of their own with Deno's test runner. */
async function runOutside(change: (text: string) => string) {
  const made = await makeAdapter("acme", read);
  assert.ok(made.ok);
  const folder = await Deno.makeTempDir({ prefix: "acme-" });
  try {
    for (const { path, text } of made.value) {
      if (!path.startsWith("adapters/acme/")) continue;
      const rooted = change(text).replaceAll('"../../', `"${ROOT.href}`);
      await Deno.writeTextFile(`${folder}/${path.slice("adapters/acme/".length)}`, rooted);
    }
    await Deno.writeTextFile(
      `${folder}/kit_test.ts`,
      `import { conformance } from "${ROOT.href}tests/conformance/mod.ts";
import { acme } from "./mod.ts";
import { fixture } from "./conformance.ts";

conformance(acme, fixture);
`,
    );
    const config = `--config=${new URL("deno.json", ROOT).pathname}`;
    const run = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", "--no-lock", config, folder],
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { success: run.success, printed: decoder.decode(run.stdout) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("an adapter outside the tree passes the kit with Deno's own test runner", async () => {
  const { success, printed } = await runOutside((text) => text);

  assert.ok(success, printed);
  assert.match(printed, /acme conforms: whole: /);
});

Deno.test("an adapter outside the tree that takes every signature does not", async () => {
  const { success, printed } = await runOutside((text) =>
    text.replace("return isRight ?", "return true ?")
  );

  assert.equal(success, false, printed);
  assert.match(printed, /refuses a body with one byte changed \.\.\. FAILED/);
});
