import assert from "node:assert/strict";
import { hereWords } from "./here_words.ts";

const ana = { id: "usr_a", name: "Ana", state: "viewing" } as const;
const bo = { id: "usr_b", name: "Bo", state: "drafting" } as const;

Deno.test("hereWords() says what the liveliest colleague does, and everything on a closer look", () => {
  const words = hereWords([ana, bo], []);

  assert.equal(words?.short, "Drafting");
  assert.equal(words?.title, "Bo is drafting here. Ana is looking at this too");
  assert.deepEqual(words?.faces.map(({ name, isIdle }) => `${name} ${isIdle}`), [
    "Bo false",
    "Ana false",
  ]);
});

Deno.test("hereWords() fades whoever looks elsewhere, and names who left a draft behind once", () => {
  const draft = { userId: "usr_c", name: "Cy", updatedAt: "2026-03-02T08:00:00.000Z" } as const;
  const words = hereWords([{ ...ana, state: "idle" }], [
    { ...draft, kind: "reply" },
    { ...draft, kind: "comment" },
  ]);

  assert.equal(words?.isIdle, true);
  assert.equal(words?.title, "Cy has an unsent draft here. Ana has this open, and is away");
  assert.equal(hereWords([], []), null);
});
