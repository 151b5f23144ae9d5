import assert from "node:assert/strict";
import { keysOf, pressKey, SHORTCUTS } from "./shortcuts.ts";

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

Deno.test("pressKey() reads single keys, in either case", () => {
  assert.equal(pressKey([], press("j")).command, "next");
  assert.equal(pressKey([], press("J")).command, "next");
  assert.equal(pressKey([], press("?")).command, "help");
  assert.deepEqual(pressKey([], press("q")), { command: null, pending: [] });
});

Deno.test("pressKey() reads sequences, and a key that does not go on begins anew", () => {
  const first = pressKey([], press("g"));

  assert.deepEqual(first, { command: null, pending: ["g"] });
  assert.equal(pressKey(first.pending, press("m")).command, "go_mine");
  assert.equal(pressKey(first.pending, press("j")).command, "next");
  assert.deepEqual(pressKey(first.pending, press("x")), { command: null, pending: [] });
});

Deno.test("pressKey() leaves the browser's own keys alone", () => {
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    assert.deepEqual(pressKey([], press("c", { [modifier]: true })), {
      command: null,
      pending: [],
    });
  }
});

Deno.test("every shortcut has keys of its own that no other begins with", () => {
  for (const { keys, command } of SHORTCUTS) {
    const others = SHORTCUTS.filter((other) => other.command !== command);
    const text = keys.join(" ");

    assert.ok(others.every((other) => !`${other.keys.join(" ")} `.startsWith(`${text} `)), command);
    assert.equal(keysOf(command), text);
  }
});
