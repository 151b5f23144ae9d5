import assert from "node:assert/strict";
import type { AnyAdapter } from "../core/channel/mod.ts";
import { type Fixture, runConformance } from "../tests/conformance/mod.ts";
import { type MadeFile, makeAdapter } from "./make_adapter.ts";

const ROOT = new URL("../", import.meta.url);
const MAX_LINES = 150;

async function read(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(new URL(path, ROOT));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Writes an adapter's files to a folder outside of the tree and runs them through the kit. */
async function problemsOf(files: readonly MadeFile[], constant: string) {
  const dir = await Deno.makeTempDir();
  try {
    for (const { path, text } of files) {
      const rooted = text.replaceAll('"../../', `"${ROOT.href}`);
      await Deno.writeTextFile(`${dir}/${path.slice(path.lastIndexOf("/") + 1)}`, rooted);
    }
    const made: Record<string, AnyAdapter> = await import(`file://${dir}/mod.ts`);
    const { fixture }: { fixture: Fixture } = await import(`file://${dir}/conformance.ts`);
    const adapter = made[constant];
    assert.ok(adapter, `there is no ${constant}`);
    const outcomes = await runConformance(adapter, fixture);
    assert.ok(outcomes.length > 40, `only ${outcomes.length} checks ran`);
    return outcomes.filter(({ problem }) => problem !== null);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("makeAdapter() makes an adapter that conforms, and its line in the list", async () => {
  const made = await makeAdapter("acme_chat", read);

  assert.ok(made.ok);
  const files = made.value.filter(({ path }) => path.startsWith("adapters/acme_chat/"));
  assert.deepEqual(
    files.map(({ path }) => path.slice("adapters/acme_chat/".length)),
    ["config.ts", "mod.ts", "conformance.ts", "README.md"],
  );
  assert.deepEqual(await problemsOf(files, "acmeChat"), []);
  assert.ok(files.every(({ text }) => !/sample/i.test(text)), "the sample shows");
  const registry = made.value.find(({ path }) => path === "adapters/mod.ts")?.text ?? "";
  assert.match(registry, /^import \{ acmeChat \} from "\.\/acme_chat\/mod\.ts";$/m);
  assert.match(registry, /= \[[^\]]*\bacmeChat,?\s*\];/);
});

Deno.test("makeAdapter() refuses names that are none, mean something else or are taken", async () => {
  const names = ["", "Acme", "1acme", "acme-chat", "acme__chat", "acme_", "../acme", "a/b", "é"];
  for (const name of [...names, "class", "sample", "chat", "email", "a".repeat(41)]) {
    const made = await makeAdapter(name, read);
    assert.ok(!made.ok && made.error.includes(`Cannot make "${name}"`), name);
  }
});

Deno.test("makeAdapter() does not touch a list that it cannot read", async () => {
  const made = await makeAdapter(
    "acme",
    (path) => path === "adapters/mod.ts" ? Promise.resolve("export {};\n") : read(path),
  );

  assert.ok(!made.ok);
});

Deno.test("the adapter of the tutorial conforms, in at most 150 lines", async () => {
  const page = await read("adapters/README.md") ?? "";
  const files = [...page.matchAll(/^`(adapters\/acme\/[\w.]+)`:\n\n```ts\n([^]*?)^```$/gm)]
    .map(([, path = "", text = ""]): MadeFile => ({ path, text }));
  const code = files.filter(({ path }) => !path.endsWith("/conformance.ts"));

  assert.equal(files.length, 3);
  assert.ok(code.reduce((sum, { text }) => sum + text.split("\n").length - 1, 0) <= MAX_LINES);
  const readme = { path: "adapters/acme/README.md", text: "Secrets: `key`, `webhookSecret`.\n" };
  assert.deepEqual(await problemsOf([...files, readme], "acme"), []);
});
