import assert from "node:assert/strict";
import { type Command, COMMANDS } from "./commands/mod.ts";
import { capsOf, keysOf, pressKey, worksWhileWriting } from "./shortcuts.ts";

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

const command = (id: string, keys: readonly string[]): Command => ({
  id,
  words: id,
  keys,
  group: "Move",
  icon: "check",
  isPossible: () => true,
  run: () => {},
});

const ids = (result: { readonly commands: readonly Command[] }) =>
  result.commands.map(({ id }) => id);

Deno.test("pressKey() reads single keys, in either case", () => {
  assert.deepEqual(ids(pressKey([], press("j"))), ["next"]);
  assert.deepEqual(ids(pressKey([], press("J"))), ["next"]);
  assert.deepEqual(ids(pressKey([], press("?", { shiftKey: true }))), ["help"]);
  assert.deepEqual(pressKey([], press("q")), { commands: [], pending: [] });
});

Deno.test("pressKey() reads sequences, and a key that does not go on begins anew", () => {
  const first = pressKey([], press("g"));

  assert.deepEqual(first, { commands: [], pending: ["g"] });
  assert.deepEqual(ids(pressKey(first.pending, press("m"))), ["go_mine"]);
  assert.deepEqual(ids(pressKey(first.pending, press("j"))), ["next"]);
  assert.deepEqual(pressKey(first.pending, press("q")), { commands: [], pending: [] });
});

Deno.test("pressKey() tells a letter with Shift apart where it has a command of its own", () => {
  const commands = [command("back", ["u"]), command("unread", ["Shift+u"]), command("x", ["x"])];

  assert.deepEqual(ids(pressKey([], press("U", { shiftKey: true }), commands)), ["unread"]);
  assert.deepEqual(ids(pressKey([], press("U"), commands)), ["back"], "caps lock");
  assert.deepEqual(ids(pressKey([], press("X", { shiftKey: true }), commands)), ["x"]);
});

Deno.test("pressKey() gives every command of the same keys, and takes Ctrl and ⌘ for Mod", () => {
  const commands = [command("trash", ["#"]), command("restore", ["#"]), command("bar", ["Mod+k"])];

  assert.deepEqual(ids(pressKey([], press("#", { shiftKey: true }), commands)), [
    "trash",
    "restore",
  ]);
  for (const modifier of ["ctrlKey", "metaKey"]) {
    const { commands: found } = pressKey(["g"], press("k", { [modifier]: true }), commands);
    assert.deepEqual(found.map(({ id }) => id), ["bar"]);
    assert.ok(found.every(worksWhileWriting));
  }
});

Deno.test("pressKey() leaves the browser's own keys alone", () => {
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    assert.deepEqual(pressKey([], press("c", { [modifier]: true })), {
      commands: [],
      pending: [],
    });
  }
});

Deno.test("capsOf() names the caps of a press", () => {
  assert.deepEqual(capsOf("j"), ["j"]);
  assert.deepEqual(capsOf("Shift+u"), ["Shift", "U"]);
  assert.deepEqual(capsOf("Mod+k"), ["Ctrl", "K"]);
  assert.equal(keysOf("go_mine"), "g m");
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
