import assert from "node:assert/strict";
import fc from "fast-check";
import { Invite } from "../../../core/model/invite.ts";
import { fastestMs } from "../../../tests/fakes/fastest_ms.ts";
import { readInvite } from "./read_invite.ts";

const calendar = (...lines: readonly string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: readonly string[]) =>
  calendar("METHOD:REQUEST", "BEGIN:VEVENT", "UID:1@x", "SUMMARY:Fitting", ...lines, "END:VEVENT");

/** As Outlook writes a zone that only it knows by that name. */
const OUTLOOK_ZONE = [
  ...["BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time", "BEGIN:STANDARD"],
  ...["DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"],
  ...["RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT"],
  ...["DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"],
  ...["RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE"],
];

Deno.test("readInvite() reads what an agent needs of an invitation", () => {
  const text = calendar(
    "METHOD:REQUEST",
    ...OUTLOOK_ZONE,
    "BEGIN:VEVENT",
    'ORGANIZER;CN="Ferrari, Giulia":MAILTO:giulia@posta.example',
    "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:support@veloce.example",
    "UID:040000008200E00074C5B7101A82E008",
    "DTSTART;TZID=W. Europe Standard Time:20260330T100000",
    "DTEND;TZID=W. Europe Standard Time:20260330T113000",
    "LOCATION:Via Roma 1\\, Torino\\; the shop",
    "SUMMARY:Fitting of th",
    " e bike\\nwith Ada",
    "BEGIN:VALARM",
    "SUMMARY:Not this",
    "END:VALARM",
    "END:VEVENT",
  );

  assert.deepEqual(readInvite(text), {
    method: "request",
    title: "Fitting of the bike with Ada",
    start: { kind: "moment", at: Date.UTC(2026, 2, 30, 8) },
    end: { kind: "moment", at: Date.UTC(2026, 2, 30, 9, 30) },
    place: "Via Roma 1, Torino; the shop",
    organiser: { name: "Ferrari, Giulia", address: "giulia@posta.example" },
    repeats: null,
    answer: null,
    others: 0,
  });
});

const moment = (...parts: [number, number, number, number, number?]) => ({
  kind: "moment",
  at: Date.UTC(...parts),
});

const TIMES: readonly (readonly [lines: readonly string[], start: unknown, end: unknown])[] = [
  [
    ["DTSTART:20260302T090000Z", "DTEND:20260302T100000Z"],
    moment(2026, 2, 2, 9),
    moment(2026, 2, 2, 10),
  ],
  // The zone's name says it, whatever stands in front and whatever rules come along.
  [["DTSTART;TZID=Europe/Berlin:20260702T090000"], moment(2026, 6, 2, 7), null],
  [
    ["DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:20260115T090000"],
    moment(2026, 0, 15, 14),
    null,
  ],
  [["DTSTART;TZID=America/Argentina/Buenos_Aires:20260115T090000"], moment(2026, 0, 15, 12), null],
  // Clocks that show it twice, or never.
  [["DTSTART;TZID=Europe/Berlin:20261025T023000"], moment(2026, 9, 25, 0, 30), null],
  [["DTSTART;TZID=Europe/Berlin:20260329T023000"], moment(2026, 2, 29, 1, 30), null],
  // Whole days end the day before their end.
  [
    ["DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260303"],
    { kind: "day", day: "2026-03-02" },
    null,
  ],
  [
    ["DTSTART;VALUE=DATE:20260228", "DTEND;VALUE=DATE:20260303"],
    { kind: "day", day: "2026-02-28" },
    { kind: "day", day: "2026-03-02" },
  ],
  // A clock of nobody's zone stays what it shows.
  [["DTSTART:20260302T090000", "DURATION:PT1H30M"], { kind: "clock", clock: "2026-03-02T09:00" }, {
    kind: "clock",
    clock: "2026-03-02T10:30",
  }],
  [["DTSTART;TZID=Nowhere:20260302T090000"], { kind: "clock", clock: "2026-03-02T09:00" }, null],
  [
    ["DTSTART:20260302T090000Z", "DURATION:P1W2DT3H"],
    moment(2026, 2, 2, 9),
    moment(2026, 2, 11, 12),
  ],
  // What cannot be is left out.
  [["DTSTART:20260231T090000Z"], null, null],
  [["DTSTART:20260302T990000Z"], null, null],
  [["DTSTART:tomorrow", "DTEND:20260302T100000Z"], null, null],
  [["DTSTART:20260302T090000Z", "DTEND:20260302T080000Z"], moment(2026, 2, 2, 9), null],
  [["DTSTART:20260302T090000Z", "DTEND;VALUE=DATE:20260303"], moment(2026, 2, 2, 9), null],
  [["DTSTART:99991231T235900Z"], moment(9999, 11, 31, 23, 59), null],
  [[], null, null],
];

Deno.test("readInvite() knows moments, whole days and clocks", () => {
  for (const [lines, start, end] of TIMES) {
    const invite = readInvite(event(...lines));

    assert.deepEqual([invite?.start, invite?.end], [start, end], lines.join());
  }
});

Deno.test("readInvite() reads zones by the file's own rules", () => {
  const at = (zone: readonly string[], time: string) => {
    const { start } = readInvite(calendar(
      ...["BEGIN:VTIMEZONE", "TZID:Own", ...zone, "END:VTIMEZONE"],
      ...["BEGIN:VEVENT", `DTSTART;TZID=Own:${time}`, "END:VEVENT"],
    ))!;
    return start?.kind === "moment" ? new Date(start.at).toISOString().slice(0, 16) : start?.kind;
  };
  const europe = OUTLOOK_ZONE.slice(2, -1);

  assert.equal(at(europe, "20260329T015900"), "2026-03-29T00:59");
  assert.equal(at(europe, "20260329T030000"), "2026-03-29T01:00");
  assert.equal(at(europe, "20261025T030000"), "2026-10-25T02:00");
  assert.equal(at(europe, "20260101T000000"), "2025-12-31T23:00", "by the rule of the year before");
  const sydney = [
    ...["BEGIN:STANDARD", "DTSTART:20080406T030000", "TZOFFSETFROM:+1100", "TZOFFSETTO:+1000"],
    ...["RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "END:STANDARD"],
    ...["BEGIN:DAYLIGHT", "DTSTART:20081005T020000", "TZOFFSETFROM:+1000", "TZOFFSETTO:+1100"],
    ...["RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU", "END:DAYLIGHT"],
  ];
  assert.equal(at(sydney, "20260115T120000"), "2026-01-15T01:00");
  assert.equal(at(sydney, "20260715T120000"), "2026-07-15T02:00");
  assert.equal(at(sydney, "19990101T120000"), "1999-01-01T01:00", "before its rules begin");
  const india = ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0530"];
  assert.equal(
    at([...india, "TZOFFSETTO:+0530", "END:STANDARD"], "20260302T090000"),
    "2026-03-02T03:30",
  );
  const ended = [
    ...["BEGIN:DAYLIGHT", "DTSTART:20000326T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"],
    ...["RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20050327T010000Z", "END:DAYLIGHT"],
    ...["BEGIN:STANDARD", "DTSTART:20001029T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"],
    ...["RDATE:20011028T030000,20051030T030000", "END:STANDARD"],
  ];
  assert.equal(at(ended, "20260702T090000"), "2026-07-02T08:00");
  assert.equal(
    at(["BEGIN:STANDARD", "TZOFFSETTO:nonsense", "END:STANDARD"], "20260302T090000"),
    "clock",
  );
  assert.equal(
    at(["BEGIN:STANDARD", "TZOFFSETTO:+9900", "END:STANDARD"], "20260302T090000"),
    "clock",
  );
});

const REPEATS: readonly (readonly [rule: string, unit: string, every: number, days: string[]])[] = [
  ["FREQ=DAILY", "day", 1, []],
  ["FREQ=DAILY;INTERVAL=3", "day", 3, []],
  ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "week", 1, ["MO", "TU", "WE", "TH", "FR"]],
  ["freq=weekly;interval=2;byday=mo,we;wkst=su", "week", 2, ["MO", "WE"]],
  ["FREQ=MONTHLY;BYDAY=+2TU", "month", 1, ["2TU"]],
  ["FREQ=MONTHLY;BYDAY=-1FR", "month", 1, ["-1FR"]],
  ["FREQ=MONTHLY;BYMONTHDAY=15", "month", 1, []],
  ["FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", "year", 1, []],
  ["FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "other", 1, []],
  ["FREQ=MONTHLY;BYMONTHDAY=1,15", "other", 1, []],
  ["FREQ=MONTHLY;BYDAY=FR", "other", 1, []],
  ["FREQ=YEARLY;BYDAY=2TU", "other", 1, []],
  ["FREQ=WEEKLY;BYDAY=2TU", "other", 1, []],
  ["FREQ=HOURLY", "other", 1, []],
  ["FREQ=WEEKLY;INTERVAL=0", "week", 1, []],
  ["nonsense", "other", 1, []],
];

Deno.test("readInvite() says how a meeting repeats when a few words can", () => {
  for (const [rule, unit, every, days] of REPEATS) {
    const repeats = readInvite(event(`RRULE:${rule}`))?.repeats;

    assert.deepEqual([repeats?.unit, repeats?.every, repeats?.days], [unit, every, days], rule);
  }
  const until = readInvite(event("RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z"))?.repeats;
  assert.deepEqual(until?.until, { kind: "moment", at: Date.UTC(2026, 5, 30, 21, 59, 59) });
  const day = readInvite(event("RRULE:FREQ=WEEKLY;UNTIL=20260630;COUNT=5"))?.repeats;
  assert.deepEqual([day?.until, day?.times], [{ kind: "day", day: "2026-06-30" }, 5]);
});

Deno.test("readInvite() knows invitations, answers and what was called off", () => {
  const reply = calendar(
    ...["METHOD:REPLY", "BEGIN:VEVENT", "SUMMARY:Fitting"],
    ...["ATTENDEE;CN=Giulia;PARTSTAT=DECLINED:mailto:giulia@posta.example", "END:VEVENT"],
  );
  assert.deepEqual(readInvite(reply)?.answer, {
    name: "Giulia",
    address: "giulia@posta.example",
    says: "declined",
  });
  const methodOf = (...lines: string[]) =>
    readInvite(calendar(...lines, "BEGIN:VEVENT", "UID:1", "END:VEVENT"))?.method;
  assert.equal(methodOf("METHOD:CANCEL"), "cancel");
  assert.equal(methodOf("method:Request"), "request");
  assert.equal(methodOf("METHOD:PUBLISH"), "other");
  assert.equal(methodOf(), "other");
  assert.equal(readInvite(event("STATUS:CANCELLED"))?.method, "cancel");
  const organiser = (line: string) => readInvite(event(line))?.organiser;
  assert.deepEqual(organiser("ORGANIZER:mailto:a@b.example"), { name: "", address: "a@b.example" });
  assert.deepEqual(organiser("ORGANIZER;CN=Ada:invalid:nomail"), { name: "Ada", address: "" });
  assert.equal(organiser("ORGANIZER:urn:uuid:1"), null);
});

Deno.test("readInvite() takes the series, not its exceptions, and counts the other meetings", () => {
  const text = calendar(
    ...["BEGIN:VEVENT", "UID:1", "RECURRENCE-ID:20260309T090000Z", "SUMMARY:Moved", "END:VEVENT"],
    ...["BEGIN:VEVENT", "UID:1", "SUMMARY:Series", "END:VEVENT"],
    ...["BEGIN:VEVENT", "UID:2", "SUMMARY:Another", "END:VEVENT"],
  );

  assert.equal(readInvite(text)?.title, "Series");
  assert.equal(readInvite(text)?.others, 1);
});

Deno.test("readInvite() finds no meeting where none is", () => {
  for (
    const text of ["", "hello", "BEGIN:VEVENT\nEND:VEVENT", calendar("BEGIN:VTODO", "END:VTODO")]
  ) {
    assert.equal(readInvite(text), null);
  }
});

Deno.test("readInvite() never throws, and what it says is an invite of bounded size", () => {
  const piece = fc.constantFrom(
    ...["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE"],
    ...["END:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD", "TZID:Own", "METHOD:REPLY"],
    ...["DTSTART;TZID=Own:20260302T090000", "DTSTART;TZID=+01:00:20260302T090000"],
    ...["DTSTART:00000101T000000", "DTSTART:99991231T235959Z", "DURATION:P9999W", "DURATION:P"],
    ...["TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=9SU;BYMONTH=99", "RRULE:=;;=", "RDATE:,,"],
    ...['SUMMARY;X="a:b', "SUMMARY:\ud800\u202e", " folded", "\tfolded", ":", ";:", "LOCATION:x"],
    ...["ORGANIZER:mailto:", "ATTENDEE;PARTSTAT=:mailto:a@b.example", `SUMMARY:${"x".repeat(900)}`],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (lines) => {
      const text = calendar("BEGIN:VEVENT", ...lines, "END:VEVENT");
      const invite = readInvite(text);

      if (invite === null) return;
      Invite.parse(invite);
      assert.ok(JSON.stringify(invite).length < 4_000);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("readInvite() is linear on hostile calendars", async () => {
  const texts = [
    "BEGIN:X\n".repeat(40_000),
    calendar("BEGIN:VEVENT", `SUMMARY:${"\\n".repeat(100_000)}`),
    calendar("BEGIN:VEVENT", "SUMMARY:a", ..." x".repeat(100_000).split(" ").map((x) => ` ${x}`)),
    event(`RRULE:${"FREQ=YEARLY;".repeat(20_000)}`),
    event('SUMMARY;A="' + ";".repeat(250_000)),
    calendar(
      "BEGIN:VTIMEZONE",
      "TZID:Own",
      ...Array<string>(5_000).fill(
        "BEGIN:STANDARD\nTZOFFSETTO:+0100\nDTSTART:19700101T000000\nEND:STANDARD",
      ),
      "END:VTIMEZONE",
      "BEGIN:VEVENT",
      "DTSTART;TZID=Own:20260302T090000",
      "END:VEVENT",
    ),
  ];
  for (const text of texts) {
    const elapsedMs = await fastestMs(() => void readInvite(text), 300);
    assert.ok(elapsedMs < 300, `${text.slice(0, 60)} took ${elapsedMs} ms`);
  }
});
