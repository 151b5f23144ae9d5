import assert from "node:assert/strict";
import { adapters } from "../../adapters/mod.ts";
import { conformance, type Fixture } from "./mod.ts";

const FOLDER = new URL("../../adapters/", import.meta.url);
const known = new Map(adapters.map((adapter) => [adapter.id, adapter]));

const folders: string[] = [];
for await (const { name, isDirectory } of Deno.readDir(FOLDER)) {
  const path = new URL(`${name}/conformance.ts`, FOLDER);
  const hasFixture = isDirectory && await Deno.stat(path).then(() => true, () => false);
  if (hasFixture) folders.push(name);
}

for (const name of folders.sort()) {
  const adapter = known.get(name);
  if (adapter === undefined) continue;
  const { fixture, others = {} }: { fixture: Fixture; others?: Readonly<Record<string, Fixture>> } =
    await import(`../../adapters/${name}/conformance.ts`);
  conformance(adapter, fixture);
  for (const [kind, other] of Object.entries(others)) conformance(adapter, other, kind);
}

Deno.test("every adapter has an id of its own, which is the name of its folder", async () => {
  assert.equal(known.size, adapters.length, "two adapters have the same id");
  for (const id of known.keys()) {
    assert.ok((await Deno.stat(new URL(`${id}/mod.ts`, FOLDER))).isFile, id);
  }
});
