import assert from "node:assert/strict";
import fc from "fast-check";
import { readMbox } from "./read_mbox.ts";

const START = "From ana@x.example Mon Mar  2 10:00:00 2026";
const MAX = 10_000;

/** What is found in a file that comes in pieces of a given length. */
async function read(file: string, pieceLength = 64, maxBytes = MAX) {
  const bytes = new TextEncoder().encode(file);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength) {
      yield await Promise.resolve(bytes.subarray(at, at + pieceLength));
    }
  }
  return await Array.fromAsync(readMbox(pieces(), maxBytes));
}

async function mailsOf(file: string, pieceLength?: number, maxBytes?: number) {
  const found = await read(file, pieceLength, maxBytes);
  return found.map(({ bytes }) => bytes === null ? null : new TextDecoder().decode(bytes));
}

Deno.test("readMbox() finds each mail, whatever the line ends and the separators", async () => {
  for (const nl of ["\n", "\r\n"]) {
    const file = [
      START,
      "Subject: 1",
      "",
      "one",
      "",
      "From - Mon Mar 02 10:00:00 2026",
      "Subject: 2",
    ];
    const gmail = "From 17@xxx Mon Mar 02 10:00:00 +0000 2026";
    const all = [...file, "", "two", "", gmail, "Subject: 3", "", "three", ""].join(nl);

    assert.deepEqual(await mailsOf(all), [
      ["Subject: 1", "", "one", ""].join(nl),
      ["Subject: 2", "", "two", ""].join(nl),
      ["Subject: 3", "", "three", ""].join(nl),
    ]);
  }
});

Deno.test("readMbox() tells a sentence from a separator, and takes one quote off", async () => {
  const body = [
    "",
    "From here on we know.",
    "x",
    `${START}`,
    ">From me",
    ">>From you",
    ">Fro",
    "y",
  ];

  const [mail, ...rest] = await mailsOf([START, "Subject: 1", ...body, ""].join("\n"));

  assert.deepEqual(rest, []);
  assert.equal(
    mail,
    ["Subject: 1", ...body.slice(0, 4), "From me", ">From you", ">Fro", "y", ""].join("\n"),
  );
});

Deno.test("readMbox() passes over what is too large, and knows how far it is", async () => {
  const file = `${START}\na: b\n\n${START}\n${"x".repeat(5_000)}\n${
    "y\n".repeat(50)
  }\n${START}\nc: d\n`;
  const found = await read(file, 64, 1_000);

  assert.deepEqual(found.map(({ bytes }) => bytes === null), [false, true, false]);
  assert.deepEqual(found.map(({ where }) => where), ["mail 1", "mail 2", "mail 3"]);
  assert.equal(found.at(-1)?.done, file.length);
});

Deno.test("readMbox() refuses what is no mbox, and finds nothing in nothing", async () => {
  assert.deepEqual(await mailsOf(""), []);
  assert.deepEqual(await mailsOf("\n\n"), []);
  await assert.rejects(mailsOf("Subject: a mail\n\nFrom x\n"), /no mbox/);
  await assert.rejects(mailsOf("x".repeat(5_000)), /no mbox/);
});

Deno.test("readMbox() gives back what was written, cut into pieces anywhere", async () => {
  const line = fc.oneof(
    fc.constantFrom("", "From x", ">From x", ">>From x", START, "--b", "z".repeat(1_500)),
    fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
  );
  const mail = fc.array(line, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(mail, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3_000 }),
      async (mails, pieceLength) => {
        const file = mails.map((lines) => {
          const quoted = lines.map((one) => /^>*From /.test(one) ? `>${one}` : one);
          return [START, ...quoted, "", ""].join("\n");
        }).join("");

        const found = await mailsOf(file, pieceLength, 1 << 20);

        assert.deepEqual(found, mails.map((lines) => `${lines.join("\n")}\n`));
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("readMbox() reads 20 MB in well under a second, also of one line", async () => {
  const mail = `${START}\nSubject: x\n\n${
    "All work and no play makes a dull mail.\n".repeat(250)
  }\n`;
  for (const file of [mail.repeat(2_000), `${START}\n${"x".repeat(20_000_000)}\n`]) {
    let fastestMs = Infinity;
    for (let tries = 0; tries < 5 && fastestMs >= 1_000; tries++) {
      const startedAt = performance.now();
      await read(file, 65_536, 25 << 20);
      fastestMs = Math.min(fastestMs, performance.now() - startedAt);
    }
    assert.ok(fastestMs < 1_000, `${Math.round(fastestMs)} ms`);
  }
});
