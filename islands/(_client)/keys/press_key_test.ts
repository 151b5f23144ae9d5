import assert from "node:assert/strict";
import { capsOf } from "./caps_of.ts";
import { pressKey, worksWhileWriting } from "./press_key.ts";

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const named = (id: string, ...keys: string[]) => ({ id, keys });
const COMMANDS: readonly { readonly id: string; readonly keys: readonly string[] | undefined }[] = [
  named("next", "j"),
  named("help", "?"),
  named("go_mine", "g", "m"),
  named("back", "u"),
  named("unread", "Shift+u"),
  named("trash", "#"),
  named("restore", "#"),
  named("bar", "Mod+k"),
  { id: "nameless", keys: undefined },
];
const pressed = (pending: readonly string[], key: string, more = {}) => {
  const result = pressKey(pending, press(key, more), COMMANDS);
  return { ids: result.commands.map(({ id }) => id), pending: result.pending };
};

Deno.test("pressKey() reads single keys, in either case", () => {
  assert.deepEqual(pressed([], "j").ids, ["next"]);
  assert.deepEqual(pressed([], "J").ids, ["next"]);
  assert.deepEqual(pressed([], "?", { shiftKey: true }).ids, ["help"]);
  assert.deepEqual(pressed([], "q"), { ids: [], pending: [] });
});

Deno.test("pressKey() reads sequences, and a key that does not go on begins anew", () => {
  const first = pressed([], "g");

  assert.deepEqual(first, { ids: [], pending: ["g"] });
  assert.deepEqual(pressed(first.pending, "m").ids, ["go_mine"]);
  assert.deepEqual(pressed(first.pending, "j").ids, ["next"]);
  assert.deepEqual(pressed(first.pending, "q"), { ids: [], pending: [] });
});

Deno.test("pressKey() tells a letter with Shift apart where it has a command of its own", () => {
  assert.deepEqual(pressed([], "U", { shiftKey: true }).ids, ["unread"]);
  assert.deepEqual(pressed([], "U").ids, ["back"], "caps lock");
  assert.deepEqual(pressed([], "J", { shiftKey: true }).ids, ["next"]);
});

Deno.test("pressKey() gives every command of the same keys, and takes Ctrl and ⌘ for Mod", () => {
  assert.deepEqual(pressed([], "#", { shiftKey: true }).ids, ["trash", "restore"]);
  for (const modifier of ["ctrlKey", "metaKey"]) {
    assert.deepEqual(pressed(["g"], "k", { [modifier]: true }).ids, ["bar"]);
  }
  assert.deepEqual(COMMANDS.filter(worksWhileWriting).map(({ id }) => id), ["bar"]);
});

Deno.test("pressKey() leaves the browser's own keys alone", () => {
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    assert.deepEqual(pressed([], "j", { [modifier]: true }), { ids: [], pending: [] });
  }
  assert.deepEqual(pressed([], "k", { ctrlKey: true, shiftKey: true }).ids, []);
});

Deno.test("capsOf() names the caps of a press", () => {
  assert.deepEqual(capsOf("j"), ["j"]);
  assert.deepEqual(capsOf("+"), ["+"]);
  assert.deepEqual(capsOf("Shift+u"), ["Shift", "U"]);
  assert.deepEqual(capsOf("Mod+k"), ["Ctrl", "K"]);
  assert.deepEqual(capsOf("Mod+Enter"), ["Ctrl", "Enter"]);
});
