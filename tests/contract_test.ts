/** A stored shape changes on purpose or not at all: databases hold what older versions wrote (style.md, 33). */
import assert from "node:assert/strict";
import pinned from "./contract/pinned.json" with { type: "json" };
import { keyShapes, storedShapes } from "./contract/stored_shapes.ts";

const WHAT_TO_DO = `
A stored shape is not what it was. Databases in use hold the old one, so:
  - a field that is new and optional ("name?"): read records without it as before, and say so where it is read;
  - anything else: add a migration to core/store/migrations.ts (which is the version bump), and a fixture of the
    old shape with a test beside it that runs the migration;
  - a key that begins otherwise or has other parts: a migration that moves what lies under the old one.
Then take the new shape over: deno run -A tests/contract/pin.ts`;

type Shape = Readonly<Record<string, string>>;

Deno.test("the fields of what is stored are the pinned ones", () => {
  const now = storedShapes();
  const before: Readonly<Record<string, Shape>> = pinned.shapes;
  const nouns = [...new Set([...Object.keys(before), ...Object.keys(now)])];

  const changes = nouns.flatMap((noun) => differences(noun, before[noun] ?? {}, now[noun] ?? {}));

  assert.deepEqual(changes, [], `${changes.join("\n")}\n${WHAT_TO_DO}`);
});

Deno.test("keys begin and are built as they were", () => {
  const changes = differences("keys", pinned.keys, keyShapes());

  assert.deepEqual(changes, [], `${changes.join("\n")}\n${WHAT_TO_DO}`);
});

Deno.test("keys of one kind have one number of parts", () => {
  const kinds = new Map<string, Set<string>>();
  for (const shape of Object.values(keyShapes())) {
    const [kind = "", parts] = shape.split("/");
    if (parts !== undefined) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(parts));
  }

  const mixed = [...kinds].filter(([, parts]) => parts.size > 1).map(([kind]) => kind);

  assert.deepEqual(mixed, []);
});

/** In words, one line each. */
function differences(noun: string, before: Shape, now: Shape): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.filter((name) => before[name] !== now[name]).map((name) => {
    if (before[name] === undefined) return `${noun}.${name} is new`;
    return `${noun}.${name} ${now[name] === undefined ? "is gone" : "is another"}`;
  });
}
