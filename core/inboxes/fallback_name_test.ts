import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { fallbackName } from "./fallback_name.ts";

for (
  const [name, words] of [
    ["Support", "support"],
    ["Équipe & Ventes!", "equipe-ventes"],
    ["客服", "inbox"],
    ["--", "inbox"],
    ["A very long name of an inbox that goes on", "a-very-long-name-of-an-inbox-t"],
  ] as const
) {
  Deno.test(`fallbackName("${name}") begins with "${words}" and ends with a code`, () => {
    const { random } = fakePorts();

    const first = fallbackName(name, random);

    assert.match(first, new RegExp(`^${words}-[a-hjkmnp-z2-9]{6}$`));
    assert.notEqual(fallbackName(name, random), first);
    assert.ok(first.length <= 64);
  });
}
