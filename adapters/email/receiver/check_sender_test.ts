import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth";
import { fakeDns, type Zone } from "../../../tests/fakes/dns.ts";
import { fakePorts } from "../../../tests/fakes/ports.ts";
import type { Verdict } from "../../../core/channel/mod.ts";
import { deliveryOf, fakeChannel, fakeIo, lines } from "../fake_channel.ts";
import { parseMail } from "../parse_mail.ts";
import { SenderCheck } from "./check_sender.ts";

const KEYS = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const PUBLIC = KEYS.publicKey.export({ type: "spki", format: "der" }).toString("base64");
const PRIVATE = KEYS.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** posta.example signs its mail, sends from 93.184.215.7 and wants forgeries refused. */
const ZONE: Zone = {
  "s1._domainkey.posta.example TXT": [`v=DKIM1; k=rsa; p=${PUBLIC}`],
  "_dmarc.posta.example TXT": ["v=DMARC1; p=reject"],
  "posta.example TXT": ["something=else", "v=spf1 ip4:93.184.215.7 ~all"],
  "s1._domainkey.bulk.example TXT": [`v=DKIM1; k=rsa; p=${PUBLIC}`],
};
const SENDER = {
  address: "93.184.215.7",
  name: "mx.posta.example",
  envelopeFrom: "a@posta.example",
};
const STRANGER = { address: "93.184.215.66", name: "x.example", envelopeFrom: "a@x.example" };

const MAIL = lines(
  "From: Ana <ana@posta.example>",
  "To: support@veloce.example",
  "Subject: Bike",
  "Message-ID: <a@posta.example>",
  "Date: Mon, 2 Mar 2026 11:00:00 +0000",
  "",
  "The chain is broken.",
  "",
);

async function signed(mail = MAIL, options: Partial<Parameters<typeof dkimSign>[1]> = {}) {
  const key = { signingDomain: "posta.example", selector: "s1", privateKey: PRIVATE, ...options };
  const { signatures, errors } = await dkimSign(mail, { ...key, signatureData: [key] });
  assert.deepEqual(errors, []);
  assert.match(signatures, /^DKIM-Signature:/);
  return signatures + mail;
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function check(mail: string, client = SENDER, zone = ZONE, asked: string[] = []) {
  const ports = fakePorts();
  const desk = { ...ports, dns: fakeDns(zone, asked) };
  const results = await new SenderCheck(desk, "in.example").check(bytes(mail), client);
  assert.equal(ports.clock.nextAlarmAt, null, "its deadline is taken back");
  return results ?? "";
}

/** What a mail is taken for that comes with these results. */
async function verdictOf(mail: string, results: string) {
  const delivery = deliveryOf(mail, { "parley-authentication-results": results });
  const [event] = await parseMail(delivery, fakeChannel(), fakeIo());
  assert.equal(event?.type, "message");
  return { verdict: event.verdict, verified: event.email?.senderVerified };
}

Deno.test("check() finds a mail that its domain signed and sent", async () => {
  const mail = await signed();

  const results = await check(mail);

  assert.equal(
    results,
    "in.example; spf=pass smtp.mailfrom=posta.example; dkim=pass header.d=posta.example " +
      "header.s=s1; dmarc=pass header.from=posta.example",
  );
  assert.deepEqual(await verdictOf(mail, results), {
    verdict: {
      by: "in.example",
      spf: "pass",
      dkim: "pass",
      dmarc: "pass",
      dmarcDomain: "posta.example",
    },
    verified: true,
  });
});

const EXPIRES = new Date("2026-02-02T00:00:00Z");
const SIGNED_AT = new Date("2026-02-01T00:00:00Z");

for (
  const { what, mail, client = STRANGER, expected, verified = false, isSpam = false } of [
    {
      what: "a signature that held on its way through somebody else",
      mail: () => signed(),
      expected: /spf=none .*; dkim=pass .*; dmarc=pass /,
      verified: true,
    },
    {
      what: "words changed after they were signed",
      mail: async () => (await signed()).replace("broken", "fine"),
      expected: /dkim=(?:fail|neutral) .*; dmarc=fail header.from=posta.example policy.p=reject$/,
      isSpam: true,
    },
    {
      what: "words added below those that were signed",
      mail: async () => await signed(MAIL, { maxBodyLength: 5 }) + "Send money.\r\n",
      expected: /dkim=pass .*; dmarc=policy /,
    },
    {
      what: "a signature whose time is over",
      mail: () => signed(MAIL, { signTime: SIGNED_AT, expires: EXPIRES }),
      expected: /dkim=(?:fail|neutral) .*; dmarc=fail /,
      isSpam: true,
    },
    {
      what: "another domain's signature",
      mail: () => signed(MAIL, { signingDomain: "bulk.example" }),
      expected: /dkim=pass header.d=bulk.example .*; dmarc=fail header.from=posta.example/,
      isSpam: true,
    },
    {
      what: "no signature, from a server of the domain",
      mail: () => Promise.resolve(MAIL),
      client: SENDER,
      expected: /spf=pass .*; dkim=none; dmarc=pass /,
      verified: true,
    },
    {
      what: "no signature, from any server",
      mail: () => Promise.resolve(MAIL),
      client: { ...STRANGER, envelopeFrom: "ana@posta.example" },
      expected: /spf=softfail .*; dkim=none; dmarc=fail /,
      isSpam: true,
    },
    {
      what: "a domain that says nothing",
      mail: () => Promise.resolve(MAIL.replace("ana@posta.example", "ana@quiet.example")),
      expected: /spf=none .*; dkim=none; dmarc=none header.from=quiet.example$/,
    },
    {
      what: "two authors",
      mail: () => signed(MAIL.replace("Ana <ana@posta.example>", "ana@posta.example, b@x.example")),
      expected: /dkim=pass .*; dmarc=permerror$/,
    },
    {
      what: "a relay of our own, which hides where the mail came from",
      mail: () => Promise.resolve(MAIL),
      client: { ...STRANGER, address: "::ffff:10.0.0.4" },
      expected: /spf=none .*; dkim=none; dmarc=temperror header.from=posta.example$/,
    },
  ]
) {
  Deno.test(`check() judges ${what}`, async () => {
    const text = await mail();

    const results = await check(text, client);

    assert.match(results, expected);
    const found = await verdictOf(text, results);
    assert.equal(found.verified, verified);
    assert.equal(found.verdict?.isSpam ?? false, isSpam);
  });
}

for (const question of ["_dmarc.posta.example TXT", "s1._domainkey.posta.example TXT"] as const) {
  Deno.test(`check() punishes nobody for name servers that say nothing of ${question}`, async () => {
    const mail = await signed();

    const results = await check(mail, STRANGER, { ...ZONE, [question]: "timeout" });

    assert.match(results, /dmarc=temperror/);
    const { verdict, verified } = await verdictOf(mail, results);
    assert.equal(verdict?.dmarc, "error");
    assert.equal(verdict?.isSpam, undefined);
    assert.equal(verified, false);
  });
}

Deno.test("check() ends when its time is over, whatever name servers do", async () => {
  const ports = fakePorts();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const desk = {
    ...ports,
    dns: () => {
      onAsked();
      return new Promise<never>(() => {});
    },
  };
  const checking = new SenderCheck(desk, "in.example").check(bytes(MAIL), SENDER);
  await asked;

  ports.clock.advance(15_000);

  assert.match(await checking ?? "", /spf=temperror .*; dmarc=temperror/);
});

Deno.test("check() asks no more than an honest mail needs, and nothing twice", async () => {
  const includes = (from: number) =>
    Array.from({ length: 10 }, (_, i) => `include:i${from + i}.posta.example`).join(" ");
  const zone: Zone = { ...ZONE, "posta.example TXT": [`v=spf1 ${includes(0)} -all`] };
  for (let i = 0; i < 100; i++) {
    zone[`i${i}.posta.example TXT`] = [`v=spf1 ${includes(i * 10)} ?all`];
  }
  const many = Array.from(
    { length: 200 },
    (_, i) => `DKIM-Signature: v=1; a=rsa-sha256; d=posta.example; s=k${i}; h=from; bh=x; b=x\r\n`,
  ).join("");
  const asked: string[] = [];

  await check(many + MAIL, SENDER, zone, asked);

  assert.ok(asked.length <= 60, `${asked.length} questions`);
  assert.ok(asked.filter((one) => one.includes("_domainkey")).length <= 8);
  assert.equal(new Set(asked).size, asked.length);

  const ports = fakePorts();
  const again: string[] = [];
  const senders = new SenderCheck({ ...ports, dns: fakeDns(ZONE, again) }, "in.example");
  const mail = bytes(await signed());
  await senders.check(mail, SENDER);
  const first = again.length;
  await senders.check(mail, SENDER);
  assert.equal(again.length, first, "answers are kept");
  ports.clock.advance(5 * 60_000);
  await senders.check(mail, SENDER);
  assert.equal(again.length, first * 2, "for a while");
});

Deno.test("check() lets others have their turn while it reads a large mail", async () => {
  const ports = fakePorts();
  let turns = 0;
  const breathe = () => {
    turns++;
    return ports.breathe();
  };
  const desk = { ...ports, dns: fakeDns(ZONE), breathe };
  const mail = bytes(await signed(MAIL + `${"x".repeat(76)}\r\n`.repeat(30_000)));

  const results = await new SenderCheck(desk, "in.example").check(mail, STRANGER);

  assert.match(results ?? "", /dkim=pass /);
  assert.ok(turns >= mail.length / (256 * 1024) - 1, `${turns} turns`);
});

Deno.test("check() is total: odd headers and names give results or none", async () => {
  for (
    const mail of [
      "",
      "\r\n\r\n",
      "no header",
      `From: ${"a".repeat(300_000)}@x.example\r\n\r\n`,
      "From: a@x; dmarc=pass.example\r\n\r\n",
      "From: <a@[127.0.0.1]>\r\nDKIM-Signature: v=1; d=x;dmarc=pass; s=; b=; bh=; h=\r\n\r\nHi",
      "From: a@\u0000\u00e9\ud800.example\r\n\r\nHi",
    ]
  ) {
    const results = await check(mail, {
      address: "nowhere",
      name: "",
      envelopeFrom: "<>; dmarc=pass",
    });
    assert.doesNotMatch(results, /dmarc=pass/, mail.slice(0, 80));
  }
});

Deno.test("results of our receiver stand over what a mail says of itself, for the author it shows", async () => {
  const claims = "Authentication-Results: in.example; dmarc=pass header.from=posta.example\r\n";
  const failed = await verdictOf(claims + MAIL, "in.example; dmarc=fail header.from=posta.example");
  assert.equal(failed.verified, false);

  const other = await verdictOf(MAIL, "in.example; dmarc=pass header.from=evil.example");
  assert.equal(other.verified, false, "another author was checked than is shown");

  const [event] = await parseMail(
    deliveryOf(claims + MAIL, { "parley-authentication-results": "in.example; dmarc=none" }),
    fakeChannel({ authservId: "in.example" }),
    fakeIo(),
  );
  const verdict: Verdict | undefined = event?.type === "message" ? event.verdict : undefined;
  assert.deepEqual(verdict, { by: "in.example", dmarc: "none" });
});
