/** A meeting in a mail reaches the team as data, beside its file. */
import assert from "node:assert/strict";
import type { ApiMessage } from "../../core/model/api.ts";
import { openTestWorld, receiveMail } from "../fakes/test_world.ts";

const MAIL = [
  "From: Ada <ada@customer.example>",
  "Subject: Invitation",
  "Message-ID: <1@customer.example>",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="m"',
  "",
  "--m",
  "Content-Type: text/plain",
  "",
  "You are invited",
  "--m",
  "Content-Type: text/calendar; method=REQUEST",
  "",
  "BEGIN:VCALENDAR",
  "METHOD:REQUEST",
  "BEGIN:VEVENT",
  "SUMMARY:Fitting",
  "DTSTART;TZID=Europe/Rome:20260330T100000",
  "DTEND;TZID=Europe/Rome:20260330T113000",
  "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260630",
  "ORGANIZER;CN=Ada:mailto:ada@customer.example",
  "END:VEVENT",
  "END:VCALENDAR",
  "--m--",
  "",
].join("\r\n");

Deno.test("an invitation is read into the message, and its file stays a file", async () => {
  await using world = await openTestWorld();
  const { messageId } = await receiveMail(world.app, world.mine, MAIL);

  const response = await world.app.fetch(`/api/v1/messages/${messageId}`, world.agent.sender);
  const message: ApiMessage = await response.json();

  assert.deepEqual(message.email?.invite, {
    method: "request",
    title: "Fitting",
    start: { kind: "moment", at: "2026-03-30T08:00:00.000Z" },
    end: { kind: "moment", at: "2026-03-30T09:30:00.000Z" },
    place: "",
    organiser: { name: "Ada", address: "ada@customer.example" },
    repeats: {
      unit: "week",
      every: 1,
      days: ["MO"],
      until: { kind: "day", day: "2026-06-30" },
      times: null,
    },
    answer: null,
    others: 0,
  });
  assert.deepEqual(message.attachments.map(({ name, type }) => [name, type]), [
    ["invite.ics", "text/calendar"],
  ]);
});
