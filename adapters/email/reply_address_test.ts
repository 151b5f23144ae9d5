import assert from "node:assert/strict";
import fc from "fast-check";
import { fakeIo } from "./fake_channel.ts";
import { ownMessageId, readOwnMessageId } from "./message_id.ts";
import { readReplyCode, replyAddress } from "./reply_address.ts";

const io = fakeIo();
const tag = fc.stringMatching(/^[a-z0-9]{1,26}$/);

Deno.test("readReplyCode() reads back what replyAddress() wrote, in any case and behind any domain", async () => {
  const purpose = fc.constantFrom("reply" as const, "aside" as const);
  await fc.assert(fc.asyncProperty(tag, purpose, async (id, purpose) => {
    const address = await replyAddress("support@veloce.example", `cnv_${id}`, io, purpose);
    assert.ok(address);
    assert.ok(address.indexOf("@") <= 64);
    const expected = { kind: "valid", conversationId: `cnv_${id}`, purpose };

    assert.deepEqual(await readReplyCode(address, io), expected);
    assert.deepEqual(await readReplyCode(address.toUpperCase(), io), expected);
    assert.deepEqual(
      await readReplyCode(address.replace(/@.*/, "@elsewhere.example"), io),
      expected,
    );
  }));
});

Deno.test("readReplyCode() refuses a code with any character changed", async () => {
  const address = await replyAddress(
    "support@veloce.example",
    "cnv_01jabcdefghjkmnpqrstvwxyz0",
    io,
  );
  assert.ok(address);
  const start = address.indexOf("+r.") + 3;
  const end = address.indexOf("@");

  for (let at = start; at < end; at++) {
    for (const other of ["a", "7", "z", "."]) {
      if (address[at] === other) continue;
      const forged = address.slice(0, at) + other + address.slice(at + 1);
      const code = await readReplyCode(forged, io);
      assert.notEqual(code.kind, "valid", forged);
    }
  }
});

Deno.test("readReplyCode() finds nothing in other addresses", async () => {
  const others = [
    "",
    "@",
    "support@veloce.example",
    "support+r@x.example",
    "a+r.b@x.example",
    "+r.",
  ];
  for (const address of others) {
    assert.deepEqual(await readReplyCode(address, io), { kind: "none" });
  }
});

Deno.test("replyAddress() gives none when the mailbox's name is too long or the id does not fit", async () => {
  const long = `${"customer-service".repeat(3)}@veloce.example`;

  assert.equal(await replyAddress(long, "cnv_01jabcdefghjkmnpqrstvwxyz0", io), null);
  assert.equal(await replyAddress("support@veloce.example", "cnv_UPPER", io), null);
  assert.equal(await replyAddress("support@veloce.example", "msg_01j", io), null);
});

Deno.test("readOwnMessageId() reads back what ownMessageId() wrote and refuses any change", async () => {
  const message = fc.record({
    outboxId: fc.stringMatching(/^[A-Za-z0-9_-]{8,60}$/),
    // "0" says that there is none; no id is as short.
    conversationId: tag.filter((id) => id !== "0").map((id) => `cnv_${id}`),
    index: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      message,
      fc.nat(),
      fc.constantFrom("a", "Z", "5", "_"),
      async (one, n, other) => {
        const id = await ownMessageId(one, "veloce.example", io);
        const read = await readOwnMessageId(id, io);
        const suffix = one.index === 0 ? "" : `-${one.index}`;
        assert.deepEqual(read, {
          outboxId: one.outboxId + suffix,
          conversationId: one.conversationId,
        });

        const at = n % id.indexOf("@");
        if (id[at] === other) return;
        assert.equal(await readOwnMessageId(id.slice(0, at) + other + id.slice(at + 1), io), null);
      },
    ),
  );
});
