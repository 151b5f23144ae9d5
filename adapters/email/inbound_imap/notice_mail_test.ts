import assert from "node:assert/strict";
import { lines, messageOf, textOf } from "../fake_channel.ts";
import { noticeMail } from "./notice_mail.ts";

Deno.test("noticeMail() keeps who wrote, what about and where it belongs, and says where the rest is", async () => {
  const header = new TextEncoder().encode(lines(
    "From: Giulia <giulia@posta.example>",
    "Subject: =?utf-8?q?Caff=C3=A8?=",
    "Message-ID: <big@posta.example>",
    "Content-Type: multipart/mixed;",
    " boundary=abc",
    "Content-Transfer-Encoding: base64",
    "References: <one@posta.example>",
    " <two@posta.example>",
    "",
    "",
  ));

  const event = await messageOf(noticeMail(header, "Too large: 30 MiB."));

  assert.equal(textOf(event), "Too large: 30 MiB.");
  assert.equal(event.subject, "Caffè");
  assert.equal(event.externalId, "big@posta.example");
  assert.deepEqual(event.email?.references, ["one@posta.example", "two@posta.example"]);
});

Deno.test("noticeMail() keeps raw bytes of headers, and stands an empty block", () => {
  const raw = noticeMail(Uint8Array.of(0x53, 0x3a, 0x20, 0x93, 0xff, 13, 10, 13, 10), "x");

  assert.deepEqual([...raw.subarray(0, 7)], [0x53, 0x3a, 0x20, 0x93, 0xff, 13, 10]);
  assert.match(new TextDecoder().decode(noticeMail(new Uint8Array(), "Notice")), /Notice\r\n$/);
});
