import assert from "node:assert/strict";
import type { ApiMessage } from "../../../core/model/api.ts";
import { eventWords } from "./event_words.ts";
import { sampleMessage } from "./sample_records.ts";

const JONAS = { type: "user", id: "usr_jonas", name: "Jonas" } as const;

function said(event: ApiMessage["event"], author: ApiMessage["author"] = JONAS): string {
  const message = sampleMessage(1, {
    kind: "event",
    author,
    text: "",
    ...(event === undefined ? {} : { event }),
  });
  return eventWords(message, "usr_me").parts.map(({ text }) => text).join("");
}

Deno.test("eventWords() says who did what, and calls the reader you", () => {
  const table: [event: NonNullable<ApiMessage["event"]>, words: string][] = [
    [{ type: "created", from: null, to: null }, "Jonas started this conversation"],
    [{ type: "assigned", from: null, to: "usr_me", toName: "Nora" }, "Jonas assigned this to you"],
    [{ type: "assigned", from: null, to: "usr_x", toName: "Luca" }, "Jonas assigned this to Luca"],
    [{ type: "assigned", from: null, to: "usr_jonas", toName: "Jonas" }, "Jonas took this"],
    [{ type: "assigned", from: "usr_x", to: null }, "Jonas gave this back to everyone"],
    [
      { type: "team", from: null, to: "tem_1", toName: "Workshop" },
      "Jonas assigned this to Workshop",
    ],
    [{ type: "team", from: "tem_1", to: null }, "Jonas took the team away"],
    [{ type: "status", from: "open", to: "closed" }, "Jonas closed this"],
    [{ type: "status", from: "closed", to: "open" }, "Jonas opened this again"],
    [{ type: "moved", from: "a", to: "b", toName: "Rentals" }, "Jonas moved this to Rentals"],
    [{ type: "priority", from: null, to: "high" }, "Jonas set the priority to high"],
    [{ type: "priority", from: "high", to: null }, "Jonas took the priority away"],
    [{ type: "tags", from: "", to: "Warranty" }, "Jonas added the tag Warranty"],
    [
      { type: "tags", from: "Old, Parts", to: "Parts, Warranty" },
      "Jonas added the tag Warranty and took off Old",
    ],
    [{ type: "tags", from: "Old", to: "" }, "Jonas took off Old"],
    [{ type: "subject", from: "a", to: "Gears" }, "Jonas renamed this to Gears"],
  ];

  for (const [event, words] of table) assert.equal(said(event), words);
  const me = { type: "user", id: "usr_me", name: "Nora" } as const;
  assert.equal(said({ type: "status", from: "open", to: "closed" }, me), "You closed this");
});

Deno.test("eventWords() says that a reply was taken back, not what it said", () => {
  const message = sampleMessage(1, { kind: "reply", status: "canceled", author: JONAS });

  const words = eventWords(message, "usr_me").parts.map(({ text }) => text).join("");
  assert.equal(words, "Jonas took a reply back before it was sent");
});

Deno.test("eventWords() says what a mail server reported, whoever reads it", () => {
  const words = (type: string) => {
    const event = { type, from: "msg_1", to: "giulia@posta.example" };
    const message = sampleMessage(1, { kind: "event", text: "No such address.", event });
    return eventWords(message, "usr_me").parts.map(({ text }) => text).join("");
  };

  assert.equal(words("bounced"), "Not delivered to giulia@posta.example. No such address.");
  assert.equal(words("delayed"), "Not yet delivered to giulia@posta.example. No such address.");
});

Deno.test("eventWords() shows the text of an event it does not know", () => {
  const words = eventWords(sampleMessage(1, { kind: "event", text: "Merged" }), "usr_me");

  assert.deepEqual(words.parts, [{ text: "Merged" }]);
});

Deno.test("eventWords() says how far a mail with answers got", () => {
  const words = (status: ApiMessage["status"]) => {
    const event = { type: "mailed", from: null, to: "lea@posta.example" };
    const message = sampleMessage(1, { kind: "event", text: "", status, event });
    return eventWords(message, "usr_me").parts.map(({ text }) => text).join("");
  };

  assert.equal(words("queued"), "On its way by email to lea@posta.example");
  assert.equal(words("sent"), "Sent by email to lea@posta.example");
  assert.equal(words("failed"), "Not delivered by email to lea@posta.example");
  assert.equal(words("canceled"), "Read in the chat before it went by email to lea@posta.example");
});
