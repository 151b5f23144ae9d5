import assert from "node:assert/strict";
import { automaticBecause } from "./automatic.ts";
import { authorOf } from "./author.ts";
import { addressesIn } from "./mail_addresses.ts";
import { mailDate } from "./mail_date.ts";
import { messageIdsIn } from "./message_ids.ts";
import { RECEIVED_AT } from "./fake_channel.ts";

const fieldsOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name: name.toLowerCase(), value }));

Deno.test("messageIdsIn() finds ids however they are written", () => {
  const table: readonly [header: string, ids: readonly string[]][] = [
    ["<a@b>", ["a@b"]],
    [" <a@b>  <c@d>\t<a@b>", ["a@b", "c@d"]],
    ["<split in two@b>", ["splitintwo@b"]],
    ["a@b, c@d", ["a@b", "c@d"]],
    ["Your message of Monday <x@y> (was: z)", ["x@y"]],
    ["no ids here", []],
    ["", []],
    ["<>", []],
    [`<${"x".repeat(1_000)}@y>`, []],
    // Bytes count: as a key it would be too long.
    [`<${"é".repeat(700)}@y>`, []],
    ["<no-at-sign>", ["no-at-sign"]],
    ["<<a@b>>", ["a@b"]],
  ];
  for (const [header, ids] of table) assert.deepEqual(messageIdsIn(header), ids, header);
});

Deno.test("addressesIn() opens groups, decodes names and leaves out what is no address", () => {
  const found = addressesIn([
    '"Last, First" <a@x.example>, =?utf-8?Q?Zo=C3=AB?= <b@x.example>',
    "Team: c@x.example, D <d@x.example>;, undisclosed-recipients:;, nonsense, <@>, e@",
  ]);

  assert.deepEqual(found, [
    { name: "Last, First", address: "a@x.example" },
    { name: "Zoë", address: "b@x.example" },
    { name: "", address: "c@x.example" },
    { name: "D", address: "d@x.example" },
  ]);
});

Deno.test("addressesIn() joins a character that was split over two encoded words", () => {
  const [address] = addressesIn(["=?utf-8?B?w6TDtsO=?= =?utf-8?B?vA==?= <a@x.example>"]);

  assert.deepEqual(address, { name: "äöü", address: "a@x.example" });
});

Deno.test("addressesIn() keeps 100 addresses of any number, quickly", () => {
  const start = performance.now();
  const many = Array.from({ length: 20_000 }, (_, i) => `u${i}@x.example`).join(", ");

  assert.equal(addressesIn([many, many]).length, 100);
  assert.ok(performance.now() - start < 1_000);
});

Deno.test("mailDate() believes a likely date and otherwise takes the time of arrival", () => {
  const sent = Date.UTC(2026, 2, 2, 9, 30);
  const table: readonly [header: string | null, at: number, problem: string | null][] = [
    ["Mon, 2 Mar 2026 10:30:00 +0100", sent, null],
    ["Mon, 02 Mar 2026 09:30:00 +0000 (UTC)", sent, null],
    ["2 Mar 26 09:30 GMT", sent, null],
    [null, RECEIVED_AT, "missing"],
    ["  ", RECEIVED_AT, "missing"],
    ["yesterday", RECEIVED_AT, "unreadable"],
    ["Mon, 2 Mar 2099 10:30:00 +0100", RECEIVED_AT, "unlikely"],
    ["Thu, 1 Jan 1970 00:00:00 +0000", RECEIVED_AT, "unlikely"],
    ["Mon, 2 Mar 2026 12:02:00 +0000", RECEIVED_AT, null],
  ];
  for (const [header, at, problem] of table) {
    assert.deepEqual(mailDate(header, RECEIVED_AT), { at, problem }, `${header}`);
  }
});

Deno.test("automaticBecause() knows machines by RFC 3834 and by habit, and leaves people alone", () => {
  const person = { fromAddress: "giulia@posta.example", subject: "A question", type: "text/plain" };
  const machines: readonly Readonly<Record<string, string>>[] = [
    { "Auto-Submitted": "auto-replied; owner-email=x" },
    { "Auto-Submitted": "Auto-Generated" },
    { "X-Auto-Response-Suppress": "OOF, AutoReply" },
    { Precedence: "bulk" },
    { "X-Precedence": "list" },
    { "X-Autoreply": "" },
    { "List-Id": "<news.veloce.example>" },
    { "List-Unsubscribe": "<https://x.example>" },
    { "Return-Path": "<>" },
    { "Delivered-To": "autoresponder" },
  ];
  for (const headers of machines) {
    assert.notEqual(automaticBecause(fieldsOf(headers), person), null, JSON.stringify(headers));
  }
  const people: readonly Readonly<Record<string, string>>[] = [
    {},
    { "Auto-Submitted": "no" },
    { "X-Auto-Response-Suppress": "RN" },
    { Precedence: "normal" },
    { "Return-Path": "<giulia@posta.example>" },
  ];
  for (const headers of people) {
    assert.equal(automaticBecause(fieldsOf(headers), person), null, JSON.stringify(headers));
  }
  const because = (change: Partial<typeof person>) =>
    automaticBecause([], { ...person, ...change });
  for (
    const fromAddress of ["MAILER-DAEMON@x.example", "no-reply@x.example", "bounces+1@x.example"]
  ) {
    assert.equal(because({ fromAddress }), "sender");
  }
  assert.equal(because({ fromAddress: "noreplyson@x.example" }), null);
  assert.equal(because({ subject: "Automatic reply: A question" }), "subject");
  assert.equal(because({ subject: "Abwesenheit bis Montag" }), "subject");
  assert.equal(because({ subject: "Is an automatic reply possible?" }), null);
  assert.equal(because({ type: "multipart/report" }), "multipart/report");
});

const AUTHOR = {
  ownAddress: "support@veloce.example",
  envelopeFrom: null,
  isFromMachine: false,
  externalId: "id@x",
};
const authorAddress = (
  headers: Readonly<Record<string, string>>,
  options: Partial<Parameters<typeof authorOf>[1]> = {},
) => {
  const { sender, isOwnAddress } = authorOf(fieldsOf(headers), { ...AUTHOR, ...options });
  const [identity] = sender.identities;
  return { kind: identity?.kind, value: identity?.value, name: sender.name, isOwnAddress };
};

Deno.test("authorOf() answers to Reply-To, but not to a list's or our own", () => {
  const from = "Giulia <Giulia@Posta.example>";
  const giulia = {
    kind: "email",
    value: "giulia@posta.example",
    name: "Giulia",
    isOwnAddress: false,
  };
  const ana = { kind: "email", value: "ana@x.example", name: "Ana", isOwnAddress: false };

  assert.deepEqual(authorAddress({ From: from }), giulia);
  assert.deepEqual(authorAddress({ From: from, "Reply-To": "Ana <ana@x.example>" }), ana);
  assert.deepEqual(
    authorAddress({ From: "support@veloce.example", "Reply-To": "Ana <ana@x.example>" }),
    ana,
    "a contact form",
  );
  assert.deepEqual(
    authorAddress({ From: from, "Reply-To": "support+r.x.y@veloce.example" }),
    giulia,
  );
  assert.deepEqual(
    authorAddress({ From: from, "Reply-To": "list@x.example" }, { isFromMachine: true }),
    giulia,
  );
  assert.deepEqual(
    authorAddress({ From: from, "Reply-To": "not an address" }),
    giulia,
  );
  assert.equal(authorAddress({ From: "Support <SUPPORT@veloce.example>" }).isOwnAddress, true);
});

Deno.test("authorOf() falls back to the envelope, then to an identity of this mail alone", () => {
  assert.deepEqual(authorAddress({ "Return-Path": "<a@x.example>" }), {
    kind: "email",
    value: "a@x.example",
    name: undefined,
    isOwnAddress: false,
  });
  assert.equal(authorAddress({}, { envelopeFrom: "b@x.example" }).value, "b@x.example");
  assert.deepEqual(authorAddress({ From: "nobody" }), {
    kind: "mail",
    value: "id@x",
    name: "Unknown sender",
    isOwnAddress: false,
  });
});
