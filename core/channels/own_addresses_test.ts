import assert from "node:assert/strict";
import { openTestWorld } from "../../tests/fakes/test_world.ts";

Deno.test("ownAddresses() knows every channel's address, with tags and in any case, and follows its settings", async () => {
  await using world = await openTestWorld();
  const { core, root } = world.app;
  const { mine } = world;
  const [inbox] = await Array.fromAsync([core.inboxes.get(root, mine.id)]);
  assert(inbox?.ok);
  const address = `${inbox.value.name.toLowerCase()}@parley.example`;

  const before = await core.channels.ownAddresses();
  assert.equal(before(address.toUpperCase()), true);
  assert.equal(before(address.replace("@", "+r.17.abc@")), true);
  assert.equal(before("ada@parley.example"), false);
  world.app.ports.clock.advance(1);
  await core.channels.update(root, mine.mailId, { config: { address: "new@parley.example" } });
  const after = await core.channels.ownAddresses();

  assert.equal(after("new@parley.example"), true);
  assert.equal(after(address), false);
});
