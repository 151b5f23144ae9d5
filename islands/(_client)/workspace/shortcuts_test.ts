import assert from "node:assert/strict";
import { COMMANDS } from "./commands/mod.ts";
import { keysOf } from "./shortcuts.ts";

Deno.test("keysOf() says how a command is reached, and nothing where it has no keys", () => {
  assert.equal(keysOf("go_mine"), "g m");
  assert.equal(keysOf("bar"), "Ctrl+K");
  assert.throws(() => keysOf("fly"), RangeError);
});

Deno.test("no command's keys are the beginning of another's, and ids are unique", () => {
  const all = COMMANDS.flatMap(({ keys }) => keys === undefined ? [] : [keys.join(" ")]);
  for (const keys of all) {
    assert.ok(all.every((other) => other === keys || !`${other} `.startsWith(`${keys} `)), keys);
  }
  assert.equal(new Set(COMMANDS.map(({ id }) => id)).size, COMMANDS.length);
});

Deno.test("keysOf() is only asked for commands that exist", async () => {
  const asked = await keysAskedFor(new URL("../../", import.meta.url));

  assert.ok(asked.length > 3);
  for (const id of asked) assert.doesNotThrow(() => keysOf(id));
});

async function keysAskedFor(folder: URL): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const url = new URL(`${encodeURIComponent(name)}${isDirectory ? "/" : ""}`, folder);
    if (isDirectory) found.push(...await keysAskedFor(url));
    else if (name.endsWith(".tsx")) {
      const code = await Deno.readTextFile(url);
      found.push(...[...code.matchAll(/\bkeysOf\(\s*"(\w+)"/g)].map(([, id]) => id ?? ""));
    }
  }
  return found;
}
