import assert from "node:assert/strict";
import fc from "fast-check";
import type { MessageEvent } from "../../core/channel/mod.ts";
import { answerAddress, noticeId } from "./agent_mail.ts";
import { lines, messageOf } from "./fake_channel.ts";

const CODE = "abcdefghij234567";
const TO = `support+a.${CODE}@veloce.example`;

async function read(...headers: readonly string[]): Promise<MessageEvent["agentMail"]> {
  const id = headers.some((line) => line.startsWith("Message-ID:")) ? [] : ["Message-ID: <x@y>"];
  return (await messageOf(lines(...id, ...headers, "", "Words"))).agentMail;
}

Deno.test("parseMail() knows an answer by its address, wherever that stands and however it is written", async () => {
  for (const header of [`To: ${TO}`, `Cc: "P" <${TO.toUpperCase()}>`, `Delivered-To: ${TO}`]) {
    assert.deepEqual(
      await read("From: Nora <Nora@parley.example>", header),
      { is: "answer", code: CODE, author: "nora@parley.example", seenSeq: null },
      header,
    );
  }
});

Deno.test("parseMail() knows an answer by the mail it answers, and how far that one went", async () => {
  const id = noticeId({ address: "support@veloce.example" }, CODE, 17);
  assert.deepEqual(
    await read("From: nora@parley.example", "To: support@veloce.example", `In-Reply-To: <${id}>`),
    { is: "answer", code: CODE, author: "nora@parley.example", seenSeq: 17 },
  );
  assert.deepEqual(
    await read("From: nora@parley.example", `To: ${TO}`, "In-Reply-To: <n.aaaaaaaaaaaaaaaa.9@x>"),
    { is: "answer", code: CODE, author: "nora@parley.example", seenSeq: null },
    "another notification's place says nothing of this one",
  );
});

Deno.test("parseMail() names no author unless there is exactly one", async () => {
  for (
    const headers of [
      ["From: nora@parley.example, mallory@evil.example"],
      ["From: nora@parley.example", "From: mallory@evil.example"],
      ["Sender: nora@parley.example"],
    ]
  ) {
    const mail = await read(...headers, `To: ${TO}`);
    assert.equal(mail?.is === "answer" ? mail.author : "?", null, headers.join());
  }
});

Deno.test("parseMail() knows a notification that comes back, and takes nothing else for one", async () => {
  assert.equal(await read("From: a@b.example", "To: support@veloce.example"), undefined);
  assert.equal(await read("From: a@b.example", "To: support+a.short@veloce.example"), undefined);
  assert.equal(await read("From: a@b.example", `To: support+a.${CODE}1@veloce.example`), undefined);
  const own = await read(`Message-ID: <n.${CODE}.3@veloce.example>`, "From: a@b.example");
  assert.deepEqual(own, { is: "notice", code: CODE });
});

Deno.test("answerAddress() leads back for every mailbox whose name leaves room, and else is the mailbox", async () => {
  const local = fc.stringMatching(/^[a-z0-9][a-z0-9.]{0,70}$/).filter((name) =>
    !name.endsWith(".")
  );
  await fc.assert(
    fc.asyncProperty(local, async (name) => {
      const address = `${name}@veloce.example`;
      const to = answerAddress({ address, replyCodes: true }, CODE);
      assert.equal(answerAddress({ address, replyCodes: false }, CODE), address);
      if (to === address) return assert.ok(name.length + 19 > 64);
      assert.ok(to.indexOf("@") <= 64);
      const mail = await read("From: nora@parley.example", `To: ${to}`);
      assert.equal(mail?.code, CODE);
    }),
    { numRuns: 50 },
  );
});
