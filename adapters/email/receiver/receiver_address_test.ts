import assert from "node:assert/strict";
import type { EmailConfig } from "../config.ts";
import { fakeChannel, fakeIo } from "../fake_channel.ts";
import { replyAddress } from "../reply_address.ts";
import { forwardAddress, takesAddress } from "./receiver_address.ts";

const io = fakeIo({ receiver: { domain: "in.veloce.example" } });
const RECEIVER: Partial<EmailConfig> = { inbound: { kind: "receiver" } };
const takes = (address: string, config: Partial<EmailConfig> = RECEIVER) =>
  takesAddress(address, fakeChannel(config), io);

Deno.test("takesAddress() knows a channel's own address, with any word after a plus", async () => {
  assert.ok(await takes("support@veloce.example"));
  assert.ok(await takes("support+news@veloce.example"));
  assert.ok(
    await takes("support+a.abcdefghij234567@veloce.example"),
    "an answer to a notification",
  );
  for (
    const address of [
      "sales@veloce.example",
      "support@other.example",
      "support@in.veloce.example",
      "supportx@veloce.example",
      "@veloce.example",
      "support@",
      "support",
      "",
    ]
  ) assert.ok(!await takes(address), address);
});

Deno.test("takesAddress() takes a mailbox fetched elsewhere only below the deployment's domain", async () => {
  const push = fakeChannel().config;
  assert.ok(!await takes("support@veloce.example", push));
  assert.ok(await takes("help@in.veloce.example", { ...push, address: "help@in.veloce.example" }));
});

Deno.test("takesAddress() takes reply codes with our signature and refuses others", async () => {
  const coded = await replyAddress("support@veloce.example", "cnv_0001efgh", io) ?? "";
  const forged = coded.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@");

  assert.ok(await takes(coded));
  assert.ok(!await takes(forged));
});

Deno.test("forwardAddress() leads to its channel and to no other", async () => {
  const address = await forwardAddress(fakeChannel().id, io) ?? "";

  assert.match(address, /^f\.mail\.[a-z2-7]{16}@in\.veloce\.example$/);
  assert.ok(await takesAddress(address, fakeChannel(), io), "whatever its mailbox is");
  assert.ok(!await takesAddress(address, { ...fakeChannel(), id: "chn_other" }, io));
  assert.ok(!await takes(address.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@")));
  assert.ok(!await takes(address.replace("@in.", "@")));
  assert.equal(
    await forwardAddress(fakeChannel().id, fakeIo({ receiver: { domain: null } })),
    null,
  );
  assert.equal(await forwardAddress(fakeChannel().id, fakeIo()), null);
});
