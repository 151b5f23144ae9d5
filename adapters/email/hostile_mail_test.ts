import assert from "node:assert/strict";
import { fastestMs } from "../../tests/fakes/fastest_ms.ts";
import { InboundEvent } from "../../core/channel/mod.ts";
import {
  deliveryOf,
  fakeChannel,
  fakeIo,
  lines,
  messageOf,
  notesOf,
  textOf,
} from "./fake_channel.ts";
import { parseMail } from "./parse_mail.ts";

/** Answers in time and with events of the contract, whatever it is given. */
async function parsedInTime(body: string | Uint8Array<ArrayBuffer>, what: string) {
  let events: Awaited<ReturnType<typeof parseMail>> = [];
  const elapsedMs = await fastestMs(async () => {
    events = await parseMail(deliveryOf(body), fakeChannel(), fakeIo());
  }, 1_000);

  assert.ok(elapsedMs < 1_000, `${what} took ${Math.round(elapsedMs)} ms`);
  assert.equal(events.length, 1);
  for (const event of events) InboundEvent.parse(event);
  return events[0];
}

const HEAD = "From: a@x.example\r\nMessage-ID: <h@x.example>\r\n";
const html = (body: string) => `${HEAD}Content-Type: text/html\r\n\r\n${body}`;
const MIB = 1 << 20;

/** 25 MiB that begin with `head` and go on with `piece`. */
function huge(head: string, piece: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(25 * MIB);
  const start = new TextEncoder().encode(head);
  const one = new TextEncoder().encode(piece);
  for (let at = start.length; at < bytes.length; at += one.length) {
    bytes.set(one.subarray(0, Math.min(one.length, bytes.length - at)), at);
  }
  bytes.set(start);
  return bytes;
}

const HOSTILE: readonly [what: string, body: () => string | Uint8Array<ArrayBuffer>][] = [
  ["1 MB of <div>", () => html("<div>".repeat(200_000))],
  ["1 MB of closed <b> in 990 <div>", () => html("<div>".repeat(990) + "<b>x</b>".repeat(120_000))],
  ["1 MB of <", () => html("<".repeat(MIB))],
  ["1 MB of &", () => html("&".repeat(MIB))],
  ["1 MB of quotes in a tag", () => html("<a " + "x='\"".repeat(250_000))],
  ["1 MB of white space", () => html(" ".repeat(MIB) + "x")],
  ["1 MB in <pre>", () => html("<pre>" + " ".repeat(MIB))],
  ["20,000 table rows", () => html("<table>" + "<tr><td>a<td>b".repeat(20_000))],
  ["50,000 items in 400 lists", () => html("<ul><li>x".repeat(400) + "<li>y".repeat(50_000))],
  ["100,000 lines in 50 quotes", () => html("<blockquote>".repeat(50) + "<p>y".repeat(100_000))],
  [
    "100,000 lines of <pre>",
    () => html("<blockquote>".repeat(50) + "<pre>" + "y\n".repeat(100_000)),
  ],
  ["5,000 nested multiparts", () =>
    HEAD +
    Array.from({ length: 5_000 }, (_, i) =>
      `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join("") +
    "\r\nx"],
  [
    "100,000 parts",
    () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n` +
      "--b\r\n\r\nx\r\n".repeat(100_000),
  ],
  ["1 MB of one header", () => `${HEAD}Subject: ${"x ".repeat(MIB / 2)}\r\n\r\nx`],
  ["100,000 headers", () => HEAD + "X-A: b\r\n".repeat(100_000) + "\r\nx"],
  [
    "a header folded 100,000 times",
    () => HEAD + "Subject: a\r\n" + " b\r\n".repeat(100_000) + "\r\nx",
  ],
  [
    "50,000 recipients",
    () => HEAD + "To: " + "a+r.b.cccccccccccccccc@x.example,".repeat(50_000) + "\r\n\r\nx",
  ],
  ["50,000 references", () => HEAD + "References: " + "<a@b> ".repeat(50_000) + "\r\n\r\nx"],
  [
    "nested comments in a type",
    () => `${HEAD}Content-Type: text/plain${"(".repeat(16_000)}\r\n\r\nx`,
  ],
  [
    "50,000 encoded words",
    () => HEAD + "Subject: " + "=?utf-8?Q?a?= ".repeat(50_000) + "\r\n\r\nx",
  ],
  ["half encoded words", () => HEAD + "Subject: " + "=?utf-8?Q?".repeat(100_000) + "\r\n\r\nx"],
  [
    "3 MB of flowed text",
    () => `${HEAD}Content-Type: text/plain; format=flowed\r\n\r\n` + "> word \r\n".repeat(300_000),
  ],
  ["25 MiB of base64", () =>
    huge(
      `${HEAD}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
      "QUJD".repeat(19) + "\r\n",
    )],
  ["25 MiB of text", () => huge(`${HEAD}\r\n`, "All work and no play makes a dull mail.\r\n")],
  ["25 MiB of zeros", () => new Uint8Array(25 * MIB)],
  [
    "25 MiB of line feeds",
    () => huge(`${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n`, "\n"),
  ],
  ["25 MiB without a header's end", () => huge(HEAD, "X: y\r\n")],
];

for (const [what, body] of HOSTILE) {
  Deno.test(`parseMail() answers within a second: ${what}`, async () => {
    await parsedInTime(body(), what);
  });
}

Deno.test("parseMail() finds the text in hostile HTML", async () => {
  const event = await messageOf(html("<div>".repeat(150_000) + "still here"));

  assert.equal(textOf(event), "still here");
});

Deno.test("parseMail() says that a mail was nested too deeply", async () => {
  const levels = Array.from(
    { length: 60 },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
  );
  const event = await messageOf(HEAD + levels.join("") + "\r\ninnermost");

  assert.deepEqual(notesOf(event).filter((step) => step === "damaged"), ["damaged"]);
});

Deno.test("parseMail() keeps what is left of a mail cut anywhere", async () => {
  const whole = new TextEncoder().encode(lines(
    "From: a@x.example",
    "Subject: cut",
    "Message-ID: <h@x.example>",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "gr=C3=BC=C3=9Fe =E2=82=AC",
    "--b",
    'Content-Type: image/png; name="a.png"',
    "Content-Transfer-Encoding: base64",
    "",
    "iVBORw0KGgo=",
    "--b--",
  ));

  for (let length = 1; length < whole.length; length++) {
    await parsedInTime(whole.slice(0, length), `cut at ${length}`);
  }
});

/** A seeded generator, so that a failure can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PIECES = [
  ...["\r\n", "\r\n\r\n", "\n", "\r", "\0", "--b", "--b--", "--", ": ", ";", '"', "<", ">", "=?"],
  ...[
    "?=",
    "=?utf-8?B?",
    "=",
    "=\r\n",
    "Content-Type: ",
    "multipart/mixed; boundary=b",
    "charset=",
  ],
  ...[
    "base64",
    "message/rfc822",
    "\xff\xfe",
    "\u202e",
    "(",
    ")",
    "\\",
    "a@b",
    "+r.",
    "&#x0;",
    "<div>",
  ],
];

Deno.test("parseMail() answers 2,000 mutated mails within a second each, and never throws", async () => {
  const random = mulberry32(2026);
  const pick = (n: number) => Math.floor(random() * n);
  const seeds = [
    html("<p>Hi <a href='x'>you</a></p>"),
    lines(
      ...["From: =?utf-8?Q?Zo=C3=AB?= <z@x.example>", "To: support@veloce.example", "Subject: hi"],
      ...["Date: Mon, 2 Mar 2026 10:00:00 +0000", "Message-ID: <m@x.example>"],
      ...["References: <a@b> <c@d>", "In-Reply-To: <c@d>", "MIME-Version: 1.0"],
      ...["Content-Type: multipart/alternative; boundary=b", "", "--b", ""],
      ...["text", "--b", "Content-Type: text/html; charset=gb2312", ""],
      ...["<p>html</p>", "--b--", ""],
    ),
  ].map((seed) => new TextEncoder().encode(seed));

  for (let round = 0; round < 2_000; round++) {
    let bytes = [...seeds[pick(seeds.length)] ?? []];
    for (let edit = pick(8) + 1; edit > 0; edit--) {
      const at = pick(bytes.length + 1);
      const piece = [...new TextEncoder().encode(PIECES[pick(PIECES.length)])];
      const kind = pick(4);
      if (kind === 0) bytes[at] = pick(256);
      if (kind === 1) bytes.splice(at, 0, ...piece);
      if (kind === 2) bytes.splice(at, pick(20));
      if (kind === 3) bytes = [...bytes.slice(0, at), ...bytes.slice(pick(at + 1))];
    }
    await parsedInTime(new Uint8Array(bytes), `round ${round}`);
  }
});
