import assert from "node:assert/strict";
import { makeDataDir } from "./data_dir.ts";

Deno.test("makeDataDir() makes a folder that only its owner can look into, and takes one that is there", async () => {
  const parent = await Deno.makeTempDir();
  try {
    const path = `${parent}/a/data`;

    const made = await makeDataDir(path);
    const again = await makeDataDir(path);

    assert(made.ok && again.ok);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o700);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("makeDataDir() names the variable when the folder cannot be made", async () => {
  const file = await Deno.makeTempFile();
  try {
    const made = await makeDataDir(`${file}/data`);

    assert(!made.ok);
    assert.match(made.error.message, /^PARLEY_DATA names a folder that cannot be made: /);
    assert(!made.error.message.includes("\n"));
  } finally {
    await Deno.remove(file);
  }
});
