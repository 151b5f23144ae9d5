import assert from "node:assert/strict";
import { deliveryOf, fakeChannel, fakeIo, lines } from "../fake_channel.ts";
import { parseMail } from "../parse_mail.ts";
import { newTestId, readTestSubject, testSubject } from "./test_id.ts";

async function typeOf(subject: string): Promise<string | undefined> {
  const mail = lines("From: a@x.example", `Subject: ${subject}`, "Message-ID: <1@x>", "", "Hello");
  const [event] = await parseMail(deliveryOf(mail), fakeChannel(), fakeIo());
  return event?.type;
}

Deno.test("a test mail is known by its signed subject, also with a word before it, and is no message", async () => {
  const io = fakeIo();
  const id = newTestId(io);
  const subject = await testSubject(id, io);

  assert.equal(await readTestSubject(subject, io), id);
  assert.equal(await typeOf(subject), "test");
  assert.equal(await typeOf(`[External] ${subject}`), "test");
});

Deno.test("all other mail stays mail: answers to a test, forged tests, talk about tests", async () => {
  const io = fakeIo();
  const subject = await testSubject(newTestId(io), io);

  for (
    const other of [
      `Re: ${subject}`,
      `AW: ${subject}`,
      `Fwd: ${subject}`,
      `${subject} please`,
      `${subject.slice(0, -1)}${subject.endsWith("a") ? "b" : "a"}`,
      "Parley test abcdefghjkmnpqrstuvw.aaaaaaaaaaaaaaaa",
      "Parley test",
    ]
  ) assert.equal(await typeOf(other), "message", other);
});
