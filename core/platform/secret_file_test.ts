import assert from "node:assert/strict";
import { readOrMakeSecret } from "./secret_file.ts";

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

Deno.test("readOrMakeSecret() makes one secret that only its owner can read, and keeps it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/secret`;

    const made = await Promise.all([
      readOrMakeSecret(path, random),
      readOrMakeSecret(path, random),
    ]);
    const later = await readOrMakeSecret(path, random);

    assert(later.ok && later.value.length >= 32);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    assert(made.some((one) => one.ok && one.value === later.value));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readOrMakeSecret() gives every process that starts at the same moment the same secret", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (let round = 0; round < 10; round++) {
      const made = await Promise.all(
        Array.from({ length: 10 }, () => readOrMakeSecret(`${folder}/secret${round}`, random)),
      );

      assert.deepEqual(made.filter((one) => !one.ok), []);
      assert.equal(new Set(made.map((one) => one.ok && one.value)).size, 1);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readOrMakeSecret() waits for a process that has made the file and not yet written into it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/secret`;
    await Deno.writeTextFile(path, "");

    const reading = readOrMakeSecret(path, random);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await Deno.writeTextFile(path, `${"s".repeat(40)}\n`);

    assert.deepEqual(await reading, { ok: true, value: "s".repeat(40) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readOrMakeSecret() says what is wrong with a file it cannot use", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/short`, "abc");

    const short = await readOrMakeSecret(`${folder}/short`, random);
    const nowhere = await readOrMakeSecret(`${folder}/none/secret`, random);

    assert(!short.ok && short.error.message.includes("fewer than 32"));
    assert(!nowhere.ok && nowhere.error.message.includes("none/secret"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
