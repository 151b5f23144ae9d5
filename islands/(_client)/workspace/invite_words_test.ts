import assert from "node:assert/strict";
import type { ApiInvite } from "../../../core/model/api.ts";
import { inviteState, leafOf, repeatsWords, whenWords } from "./invite_words.ts";

type Time = NonNullable<ApiInvite["start"]>;

const INVITE: ApiInvite = {
  method: "request",
  title: "Fitting",
  start: null,
  end: null,
  place: "",
  organiser: null,
  repeats: null,
  answer: null,
  others: 0,
};
const moment = (...parts: [number, number, number, number, number?]): Time => ({
  kind: "moment",
  at: new Date(Date.UTC(...parts)).toISOString(),
});
const day = (text: string): Time => ({ kind: "day", day: text });
const clock = (text: string): Time => ({ kind: "clock", clock: text });

const WHEN: readonly (readonly [Time | null, Time | null, string])[] = [
  [null, null, ""],
  [moment(2026, 2, 30, 8), null, "Mon 30 March 2026, 10:00 (Europe/Berlin)"],
  [
    moment(2026, 2, 30, 8),
    moment(2026, 2, 30, 9, 30),
    "Mon 30 March 2026, 10:00–11:30 (Europe/Berlin)",
  ],
  [
    moment(2026, 2, 30, 20),
    moment(2026, 2, 30, 23),
    "Mon 30 March 2026, 22:00 – Tue 31 March 2026, 01:00 (Europe/Berlin)",
  ],
  [day("2026-03-30"), null, "Mon 30 March 2026, all day"],
  [day("2026-03-30"), day("2026-04-01"), "Mon 30 March 2026 – Wed 1 April 2026"],
  [clock("2026-03-30T23:30"), null, "Mon 30 March 2026, 23:30, where it takes place"],
];

Deno.test("whenWords() tells moments in the reader's zone and days and clocks as they are", () => {
  for (const [start, end, words] of WHEN) {
    assert.equal(whenWords({ ...INVITE, start, end }, "Europe/Berlin"), words);
  }
});

Deno.test("leafOf() is the day it begins where the reader is", () => {
  const start = moment(2026, 2, 30, 23);

  assert.deepEqual(leafOf({ ...INVITE, start }, "Europe/Berlin"), { day: "31", month: "Mar" });
  assert.deepEqual(leafOf({ ...INVITE, start }, "UTC"), { day: "30", month: "Mar" });
  assert.equal(leafOf(INVITE, "UTC"), null);
});

Deno.test("repeatsWords() says rules in a few words", () => {
  type Rule = Parameters<typeof repeatsWords>[0];
  const base: Rule = { unit: "week", every: 1, days: [], until: null, times: null };
  const words = (rule: Partial<Rule>) => repeatsWords({ ...base, ...rule }, "Europe/Berlin");

  assert.equal(words({}), "Every week");
  assert.equal(words({ unit: "day", every: 3 }), "Every 3 days");
  assert.equal(words({ days: ["MO", "WE", "FR"] }), "Every week on Monday, Wednesday and Friday");
  assert.equal(words({ every: 2, days: ["TU"] }), "Every 2 weeks on Tuesday");
  assert.equal(words({ days: ["MO", "TU", "WE", "TH", "FR"] }), "Every weekday");
  assert.equal(words({ unit: "month", days: ["-1FR"] }), "Every month on the last Friday");
  assert.equal(words({ unit: "year", times: 5 }), "Every year, 5 times");
  assert.equal(words({ until: moment(2026, 5, 30, 22) }), "Every week, until Wed 1 July 2026");
  assert.equal(words({ until: day("2026-06-30") }), "Every week, until Tue 30 June 2026");
  assert.equal(words({ unit: "other" }), "Repeats by a rule of its own");
});

Deno.test("inviteState() says what the mail does with the meeting", () => {
  const person = { name: "Ada", address: "ada@x.example" };
  assert.equal(inviteState(INVITE), "Invitation");
  assert.equal(inviteState({ ...INVITE, method: "cancel" }), "Canceled");
  assert.equal(inviteState({ ...INVITE, method: "other" }), "Event");
  const says = "declined" as const;
  assert.equal(
    inviteState({ ...INVITE, method: "reply", answer: { ...person, says } }),
    "Declined",
  );
});
