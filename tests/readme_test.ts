import assert from "node:assert/strict";
import { readConfig } from "../core/config/mod.ts";

const ROOT = new URL("..", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", ROOT));
const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT))) as {
  tasks: Record<string, { command: string }>;
};

Deno.test("the README names every task, and no other", () => {
  const named = new Set(
    [...readme.matchAll(/(?:deno|deno@2\.9\.6) task (\w+)/g)].map(([, name]) => name),
  );

  assert.deepEqual([...named].sort(), Object.keys(tasks).sort());
});

Deno.test("the README's variables are settings of Parley", () => {
  const names = new Set(
    [...readme.matchAll(/`(PARLEY_\w+|PORT|HOST)`/g)].map(([, name]) => name ?? ""),
  );

  assert.ok(names.size >= 8);
  for (const name of names) {
    const result = readConfig({ [name]: "\u0000" });
    const isUnknown = !result.ok && /is not a setting/.test(result.error.message);
    assert.ok(!isUnknown, name);
  }
});

Deno.test("the README's links lead somewhere", async () => {
  for (const [, target = ""] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    assert.ok(await Deno.stat(new URL(target, ROOT)).catch(() => null), target);
  }
});

Deno.test("only tests and benchmarks run with every permission", () => {
  const all = Object.entries(tasks).filter(([, { command }]) =>
    command.split("&&").some((part) =>
      /\s-A\b/.test(part) && !/deno (test|run -A (\.tasks\/test|tests\/))/.test(part)
    )
  );

  assert.deepEqual(all.map(([name]) => name), []);
});
