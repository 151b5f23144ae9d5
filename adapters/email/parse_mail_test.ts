import assert from "node:assert/strict";
import {
  deliveryOf,
  fakeChannel,
  fakeIo,
  lines,
  messageOf,
  notesOf,
  RECEIVED_AT,
  textOf,
} from "./fake_channel.ts";
import { ownMessageId } from "./message_id.ts";
import { parseMail } from "./parse_mail.ts";
import { replyAddress } from "./reply_address.ts";

const SIMPLE = [
  "From: Giulia Ferrari <giulia@posta.example>",
  "To: support@veloce.example",
  "Subject: =?utf-8?Q?La_bici_=C3=A8_rotta?=",
  "Date: Mon, 2 Mar 2026 10:00:00 +0000",
  "Message-ID: <one@posta.example>",
];
const mail = (headers: readonly string[], ...body: readonly string[]) =>
  lines(...headers, "", ...body, "");
const without = (name: string) => SIMPLE.filter((line) => !line.startsWith(`${name}:`));

Deno.test("parseMail() makes a message of a simple mail", async () => {
  const event = await messageOf(mail(SIMPLE, "Ciao,", "la bici è rotta."));

  assert.equal(event.externalId, "one@posta.example");
  assert.equal(event.direction, "in");
  assert.equal(event.occurredAt, Date.UTC(2026, 2, 2, 10));
  assert.equal(event.subject, "La bici è rotta");
  assert.equal(textOf(event), "Ciao,\nla bici è rotta.");
  assert.equal(event.automatic, false);
  assert.deepEqual(event.sender, {
    identities: [{ kind: "email", value: "giulia@posta.example", verified: false }],
    name: "Giulia Ferrari",
  });
  assert.deepEqual(event.email, {
    from: { name: "Giulia Ferrari", address: "giulia@posta.example" },
    to: [{ name: "", address: "support@veloce.example" }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: "La bici è rotta",
    messageId: "one@posta.example",
    inReplyTo: null,
    references: [],
    senderVerified: false,
  });
  assert.deepEqual(event.notes, []);
});

Deno.test("parseMail() is deterministic", async () => {
  const raw = mail(without("Message-ID"), "same");

  assert.deepEqual(await messageOf(raw), await messageOf(raw));
});

Deno.test("parseMail() keeps mails that lack a header, each with what can be said", async () => {
  const noId = await messageOf(mail(without("Message-ID"), "x"));
  assert.match(noId.externalId, /^gen-[0-9a-f]{64}@veloce\.example$/);
  assert.notEqual(noId.externalId, (await messageOf(mail(without("Message-ID"), "y"))).externalId);
  assert.deepEqual(notesOf(noId), ["message_id_missing"]);

  const noDate = await messageOf(mail(without("Date"), "x"));
  assert.equal(noDate.occurredAt, RECEIVED_AT);
  assert.deepEqual(notesOf(noDate), ["date_replaced"]);

  const noFrom = await messageOf(mail(without("From"), "x"));
  assert.deepEqual(noFrom.sender.identities, [
    { kind: "mail", value: "one@posta.example", verified: false },
  ]);
  assert.equal(noFrom.email?.from, null);
  assert.deepEqual(notesOf(noFrom), ["sender"]);

  const noSubject = await messageOf(mail(without("Subject"), "x"));
  assert.equal(noSubject.subject, "");

  const envelope = { "parley-envelope-from": "bounce@posta.example" };
  const fromEnvelope = await messageOf(mail(without("From"), "x"), envelope);
  assert.equal(fromEnvelope.sender.identities[0]?.value, "bounce@posta.example");
});

Deno.test("parseMail() takes the text from text/plain, the HTML from text/html, and makes what is missing", async () => {
  const html = "<p>Hello <b>you</b></p><script>alert(1)</script>";
  const alternative = mail(
    [...SIMPLE, "Content-Type: multipart/alternative; boundary=a"],
    ...["--a", "", "Hello *you*", "--a", "Content-Type: text/html", "", html, "--a--"],
  );
  const both = await messageOf(alternative);
  assert.deepEqual(both.parts, [{ kind: "text", text: "Hello *you*", html }]);

  const onlyHtml = await messageOf(mail([...SIMPLE, "Content-Type: text/html"], html));
  assert.deepEqual(onlyHtml.parts, [{ kind: "text", text: "Hello you", html: html + "\n" }]);

  const emptyHtml = await messageOf(alternative.replace(html, " "));
  assert.deepEqual(emptyHtml.parts, [{ kind: "text", text: "Hello *you*" }]);
});

Deno.test("parseMail() joins interleaved bodies and keeps inline images by their id", async () => {
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: multipart/mixed; boundary=m"],
    ...["--m", "Content-Type: text/html", "", "<p>before <img src='cid:pic@x'></p>"],
    ...["--m", "Content-Type: image/png", "Content-ID: <pic@x>", "Content-Disposition: inline"],
    ...["Content-Transfer-Encoding: base64", "", "iVBORw0KGgo="],
    ...["--m", "Content-Type: text/plain", "", "list footer <3"],
    ...["--m", "Content-Type: text/plain; name=notes.txt", "", "a file"],
    ...["--m", "Content-Type: message/rfc822", "", "Subject: inner", "", "x"],
    ...["--m", "Content-Type: text/calendar; method=REQUEST", "", "BEGIN:VCALENDAR", "--m--"],
  ));

  const [text, ...files] = event.parts;
  assert.ok(text?.kind === "text");
  assert.equal(text.text, "before\nlist footer <3");
  assert.match(text.html ?? "", /before[\s\S]*list footer &lt;3/);
  assert.deepEqual(
    files.map((file) => file.kind === "media" && [file.name, file.type, file.contentId]),
    [
      ["attachment.png", "image/png", "pic@x"],
      ["notes.txt", "text/plain", undefined],
      ["inner.eml", "message/rfc822", undefined],
      ["invite.ics", "text/calendar", undefined],
    ],
  );
  const image = files[0];
  assert.ok(image?.kind === "media");
  assert.deepEqual([...image.bytes ?? []], [137, 80, 78, 71, 13, 10, 26, 10]);
});

const PNG_PART = ["Content-Transfer-Encoding: base64", "", "iVBORw0KGgo="];

Deno.test("parseMail() keeps parts without a byte, and reads what stands beside them", async () => {
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: multipart/mixed; boundary=m"],
    ...["--m", "Content-Type: text/plain", "", "--m", "Content-Type: text/html", "", ""],
    ...["--m", "Content-Type: text/plain", "", "Here it is."],
    ...["--m", "Content-Type: application/pdf; name=empty.pdf"],
    ...["Content-Transfer-Encoding: base64", "", ""],
    ...["--m", "Content-Type: image/png; name=none.png", "--m", "--m--"],
  ));

  const [text, ...files] = event.parts;
  assert.equal(text?.kind === "text" && text.text, "Here it is.");
  assert.deepEqual(
    files.map((file) => file.kind === "media" && [file.name, file.bytes?.length]),
    [["empty.pdf", 0], ["none.png", 0]],
  );
});

Deno.test("parseMail() shows Apple Mail's text, image, text in that order", async () => {
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: multipart/mixed; boundary=m"],
    ...["--m", "Content-Type: text/plain", "", "First the chain:"],
    ...[
      "--m",
      'Content-Type: image/png; name="a<b>.png"',
      "Content-Disposition: inline",
      ...PNG_PART,
    ],
    ...["--m", "Content-Type: text/plain", "", "then the brake:"],
    ...["--m", "Content-Type: image/png", "Content-ID: <brake@x>", ...PNG_PART],
    ...["--m", "Content-Type: text/plain", "", "What now?"],
    ...[
      "--m",
      "Content-Type: image/png; name=last.png",
      "Content-Disposition: inline",
      ...PNG_PART,
    ],
    "--m--",
  ));

  const [text, ...files] = event.parts;
  assert.ok(text?.kind === "text");
  assert.equal(text.text, "First the chain:\nthen the brake:\nWhat now?");
  const shown = (text.html ?? "").replace(/<img src="cid:([^"]*)"[^>]*>/g, "[$1]")
    .replace(/<[^>]*>/g, "").split(/\s*\n\s*/);
  assert.deepEqual(shown, [
    "First the chain:",
    "[image-1%40in-place.invalid]",
    "then the brake:",
    "[brake%40x]",
    "What now?",
  ]);
  assert.deepEqual(
    files.map((file) => file.kind === "media" && [file.name, file.contentId]),
    // What nothing is written below stays a file.
    [
      ["a<b>.png", "image-1@in-place.invalid"],
      ["attachment.png", "brake@x"],
      ["last.png", undefined],
    ],
  );
});

Deno.test("parseMail() shows Apple Mail's HTML, image, HTML beside a plain text, and sent images are files", async () => {
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: multipart/alternative; boundary=a"],
    ...["--a", "Content-Type: text/plain", "", "Chain and brake"],
    ...["--a", "Content-Type: multipart/mixed; boundary=m"],
    ...["", "--m", "Content-Type: text/html", "", "<p>Chain</p>"],
    ...["--m", "Content-Type: image/jpeg; name=c.jpg", "Content-Disposition: inline", ...PNG_PART],
    ...["--m", "Content-Type: image/png", "Content-Disposition: attachment", ...PNG_PART],
    ...["--m", "Content-Type: text/html", "", "<p>Brake</p>", "--m--", "--a--"],
  ));

  const [text, ...files] = event.parts;
  assert.ok(text?.kind === "text");
  assert.equal(text.text, "Chain and brake");
  assert.match(text.html ?? "", /Chain[\s\S]*cid:image-1[\s\S]*Brake/);
  assert.equal(text.html?.match(/<img/g)?.length, 1);
  assert.equal(files.length, 2);
});

Deno.test("parseMail() joins several HTML parts and texts between them in their order", async () => {
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: multipart/mixed; boundary=m"],
    ...["--m", "Content-Type: text/html; charset=iso-8859-1", "", "<p>one</p>"],
    ...["--m", "Content-Type: text/plain", "", "two < three"],
    ...["--m", "Content-Type: text/html", "", "<p>four</p>", "--m--"],
  ));

  assert.equal(textOf(event), "one\ntwo < three\nfour");
  const [part] = event.parts;
  assert.ok(part?.kind === "text");
  assert.match(part.html ?? "", /one[\s\S]*two &lt; three[\s\S]*four/);
});

Deno.test("parseMail() reads an invitation once, keeps its file and names what has no name", async () => {
  const ics = ["BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "SUMMARY:Anprobe f=C3=BCr Ada"];
  const lines = [...ics, "DTSTART:20260302T090000Z", "END:VEVENT", "END:VCALENDAR"];
  const encoded = ["Content-Transfer-Encoding: quoted-printable", "", ...lines];
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: multipart/mixed; boundary=m"],
    ...["--m", "Content-Type: multipart/alternative; boundary=a", ""],
    ...["--a", "Content-Type: text/plain", "", "You are invited"],
    ...["--a", "Content-Type: text/calendar; charset=utf-8; method=REQUEST", ...encoded, "--a--"],
    ...["--m", "Content-Type: application/ics; name=invite.ics", ...encoded],
    ...["--m", "Content-Type: application/ms-tnef", "", "x"],
    ...["--m", "Content-Type: application/octet-stream", "", "x"],
    ...["--m", "Content-Type: message/rfc822", "", "Subject: =?utf-8?Q?Re=3A_a/b?=", "", "x"],
    ...["--m", "Content-Type: message/rfc822; name=Forwarded", "", "From: x@y.example", "", "x"],
    ...["--m", "Content-Type: message/rfc822", "", "no header at all", "--m--"],
  ));

  assert.equal(event.email?.invite?.title, "Anprobe für Ada");
  assert.deepEqual(
    event.parts.slice(1).map((file) => file.kind === "media" && file.name),
    [
      ...["invite.ics", "winmail.dat", "attachment.bin", "Re: a-b.eml", "Forwarded.eml"],
      "attachment.eml",
    ],
  );
});

Deno.test("parseMail() makes file names harmless", async () => {
  const nameOf = async (name: string) => {
    const event = await messageOf(mail(
      [...SIMPLE, "Content-Type: multipart/mixed; boundary=m"],
      ...["--m", "", "x", "--m", "Content-Type: application/pdf"],
      ...[`Content-Disposition: attachment; filename="${name}"`, "", "%PDF", "--m--"],
    ));
    const file = event.parts[1];
    return file?.kind === "media" ? file.name : null;
  };

  assert.equal(await nameOf("../../etc/passwd"), "passwd");
  assert.equal(await nameOf("C:\\\\temp\\\\a.pdf"), "a.pdf");
  assert.equal(await nameOf("rechnung\u202efdp.exe"), "rechnungfdp.exe");
  assert.equal(await nameOf("..."), "attachment.pdf");
  assert.equal((await nameOf("x".repeat(500) + ".pdf"))?.length, 150);
  assert.equal(await nameOf("=?utf-8?Q?na=C3=AFve=2Epdf?="), "naïve.pdf");
});

Deno.test("parseMail() unwraps flowed text without losing quotes", async () => {
  const event = await messageOf(mail(
    [...SIMPLE, "Content-Type: text/plain; format=flowed"],
    ...["> what do ", "> you mean", "I mean ", "this"],
  ));

  assert.equal(textOf(event), "> what do you mean\nI mean this");
  const japanese = await messageOf(mail(
    [...SIMPLE, "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"],
    ...["自転車が ", "壊れた。", "> どこで ", "> すか", "-- ", "佐藤"],
  ));
  assert.equal(textOf(japanese), "自転車が壊れた。\n> どこですか\n-- \n佐藤");
});

Deno.test("parseMail() hints strongest first: reply address, In-Reply-To, References from the end, our id", async () => {
  const io = fakeIo();
  const address = await replyAddress("support@veloce.example", "cnv_abc", io);
  const message = { outboxId: "msg_0001xyz", conversationId: "cnv_def", index: 0 };
  const own = await ownMessageId(message, "veloce.example", io);
  const event = await messageOf(mail([
    ...SIMPLE,
    `Cc: Someone <${address}>`,
    "In-Reply-To: <parent@x> (your message)",
    `References: <root@x> <${own}>`,
    " <parent@x> garbage <broken",
  ]));

  assert.deepEqual(event.hints, [
    { by: "conversation", conversationId: "cnv_abc", how: "The signed reply address" },
    { by: "message", externalId: "parent@x", how: "In-Reply-To" },
    { by: "message", externalId: own, how: "References" },
    { by: "message", externalId: "root@x", how: "References" },
    { by: "conversation", conversationId: "cnv_def", how: "A Message-ID of ours" },
  ]);
  assert.deepEqual(event.email?.references, ["root@x", own, "parent@x"]);
});

Deno.test("parseMail() finds the reply address in every header that may hold it, and in the envelope", async () => {
  const address = await replyAddress("support@veloce.example", "cnv_abc", fakeIo());
  const names = [
    ...["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"],
    ...["X-Forwarded-To", "Resent-To"],
  ];
  for (const name of names) {
    const event = await messageOf(mail([...SIMPLE, `${name}: ${address}`]));
    assert.equal(event.hints[0]?.by, "conversation", name);
  }
  const event = await messageOf(mail(SIMPLE), { "parley-envelope-to": `<${address}>` });
  assert.equal(event.hints[0]?.by, "conversation");
});

Deno.test("parseMail() ignores forged reply codes and says so", async () => {
  const address = await replyAddress("support@veloce.example", "cnv_abc", fakeIo());
  const forged = address?.replace("cnv_abc".slice(4), "abd");
  const foreign = fakeIo({ verifyTag: () => Promise.resolve(false) });

  const event = await messageOf(mail([...SIMPLE, `Cc: ${forged}`]));
  assert.deepEqual(event.hints, []);
  assert.deepEqual(notesOf(event), ["reply_code_refused"]);

  const delivery = deliveryOf(mail([...SIMPLE, `Cc: ${address}`]));
  const [other] = await parseMail(delivery, fakeChannel(), foreign);
  assert.ok(other?.type === "message");
  assert.deepEqual(other.hints, [], "another channel's key");
});

Deno.test("parseMail() knows its own mail when it comes back", async () => {
  const message = { outboxId: "msg_0001xyz", conversationId: "cnv_def", index: 0 };
  const own = await ownMessageId(message, "veloce.example", fakeIo());
  const event = await messageOf(mail([...without("Message-ID"), `Message-ID: <${own}>`]));

  assert.equal(event.direction, "echo_own");
  assert.equal(event.outboxId, "msg_0001xyz");
});

Deno.test("parseMail() marks automatic mail and a mailbox that writes to itself", async () => {
  const auto = await messageOf(mail([...SIMPLE, "Auto-Submitted: auto-replied"], "I am away"));
  assert.equal(auto.automatic, true);
  assert.deepEqual(notesOf(auto), ["automatic_mail"]);

  const self = await messageOf(mail([...without("From"), "From: support@veloce.example"], "x"));
  assert.equal(self.automatic, true);
  assert.deepEqual(notesOf(self), ["own_address"]);
});

Deno.test("parseMail() calls bytes without any mail header unparsable", async () => {
  const junk = crypto.getRandomValues(new Uint8Array(10_000));
  const table = [
    new Uint8Array(),
    junk,
    "just some words",
    '{"json": true}',
    "X-Only: this\r\n\r\nx",
  ];
  for (const body of table) {
    const events = await parseMail(deliveryOf(body), fakeChannel(), fakeIo());
    assert.deepEqual(events.map(({ type }) => type), ["unparsable"]);
  }
});

Deno.test("parseMail() reads the charsets of mail", async () => {
  const encoded = (charset: string, ...bytes: number[]) =>
    new Uint8Array([
      ...new TextEncoder().encode(
        mail([...SIMPLE, `Content-Type: text/plain; charset=${charset}`]).trimEnd() + "\r\n\r\n",
      ),
      ...bytes,
    ]);
  const table: readonly [Uint8Array<ArrayBuffer>, string][] = [
    [encoded("gb2312", 0xc4, 0xe3, 0xba, 0xc3), "你好"],
    [encoded("iso-2022-jp", 0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42), "日本"],
    [encoded("ks_c_5601-1987", 0xb0, 0xa1), "가"],
    [encoded("koi8-r", 0xf0, 0xd2, 0xc9), "При"],
    [encoded("klingon-8", 0x67, 0xf6), "gö"],
    [encoded('""', 0xc3, 0xa9), "é"],
  ];
  const html = new Uint8Array([
    ...new TextEncoder().encode(
      mail([...SIMPLE, "Content-Type: text/html"]).trimEnd() +
        "\r\n\r\n<meta charset=gb2312><p>",
    ),
    ...[0xc4, 0xe3],
  ]);
  assert.equal(textOf(await messageOf(html)), "你");
  for (const [bytes, text] of table) assert.equal(textOf(await messageOf(bytes)), text);
});

Deno.test("parseMail() cuts what is too long and keeps the first 100 files", async () => {
  const long = await messageOf(mail(SIMPLE, ("x".repeat(99) + "\r\n").repeat(12_000)));
  assert.equal(textOf(long).length, 1_000_000);
  assert.deepEqual(notesOf(long), ["body_cut"]);

  const part = ["--m", "Content-Disposition: attachment; filename=a.txt", "", "x"];
  const files = Array.from({ length: 130 }, () => part).flat();
  const many = await messageOf(
    mail([...SIMPLE, "Content-Type: multipart/mixed; boundary=m"], ...files, "--m--"),
  );
  assert.equal(many.parts.length, 101);
  assert.deepEqual(notesOf(many), ["files_left_out"]);
});
