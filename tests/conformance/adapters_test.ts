import assert from "node:assert/strict";
import { adapters } from "../../adapters/mod.ts";
import { conformance, type Fixture } from "./mod.ts";

const FOLDER = new URL("../../adapters/", import.meta.url);
const known = new Map(adapters.map((adapter) => [adapter.id, adapter]));

for (const [name, adapter] of known) {
  const path = new URL(`${name}/conformance.ts`, FOLDER);
  // One test below says that it is missing; the others run all the same.
  if (!await isFile(path)) continue;
  const { fixture, others = {} }: { fixture: Fixture; others?: Readonly<Record<string, Fixture>> } =
    await import(`../../adapters/${name}/conformance.ts`);
  conformance(adapter, fixture);
  for (const [kind, other] of Object.entries(others)) conformance(adapter, other, kind);
}

Deno.test("every adapter has an id of its own, which is the name of its folder", async () => {
  assert.equal(known.size, adapters.length, "two adapters have the same id");
  for (const id of known.keys()) {
    assert.ok(await isFile(new URL(`${id}/mod.ts`, FOLDER)), id);
  }
});

Deno.test("every adapter has a fixture for the kit and a README", async () => {
  const missing: string[] = [];
  for (const id of known.keys()) {
    for (const file of ["conformance.ts", "README.md"]) {
      if (!await isFile(new URL(`${id}/${file}`, FOLDER))) missing.push(`adapters/${id}/${file}`);
    }
  }

  assert.deepEqual(missing, []);
});

function isFile(path: URL): Promise<boolean> {
  return Deno.stat(path).then((found) => found.isFile, () => false);
}
