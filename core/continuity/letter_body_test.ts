import assert from "node:assert/strict";
import fc from "fast-check";
import { letterBody, type LetterParts } from "./letter_body.ts";
import { letterWords } from "./letter_words.ts";

const PARTS: LetterParts = {
  answers: [{ authorName: "Nora Visser", text: "Yes.\nTwo of them.", leftOut: [] }],
  ...letterWords("en"),
  companyName: "Veloce",
  chatUrl: "https://parley.example/widget/chn_1#continue=a.b",
  chatUrlDays: 30,
  stopUrl: "https://parley.example/widget/chn_1/stop?token=a&b=1",
};

Deno.test("letterBody() begins with what was answered, and says how to go on and how to end it", () => {
  const { text, html } = letterBody(PARTS);

  assert.equal(
    text,
    [
      "Yes.\nTwo of them.",
      "Answer this email to go on, or open the chat:\n" +
      "https://parley.example/widget/chn_1#continue=a.b\n" +
      "Whoever has this link can read your chat: do not forward it. It works for 30 days.",
      "You get this because you left your address in a chat with Veloce.\n" +
      "No more emails from this chat: https://parley.example/widget/chn_1/stop?token=a&b=1",
    ].join("\n\n"),
  );
  assert.match(html, /<a href="https:\/\/parley\.example\/widget\/chn_1#continue=a\.b">Open the/);
  assert.match(html, /stop\?token=a&amp;b=1"/);
});

Deno.test("letterBody() names who wrote what where several did, and files it had no room for", () => {
  const { text } = letterBody({
    ...PARTS,
    answers: [
      ...PARTS.answers,
      { authorName: "Jonas", text: "", leftOut: ["plan.pdf"] },
    ],
  });

  assert.match(
    text,
    /^Nora Visser:\nYes\.\nTwo of them\.\n\nJonas:\nFile in the chat: plan\.pdf\n/,
  );
});

Deno.test("letterBody() says nothing of links there are none of", () => {
  const { text, html } = letterBody({
    ...PARTS,
    chatUrl: null,
    chatUrlDays: null,
    stopUrl: null,
  });

  assert.match(text, /Answer this email to go on\.\n\nYou get this because/);
  assert.doesNotMatch(text + html, /null|<a |No more/);
});

Deno.test("letterBody() is written from right to left where its words are", () => {
  assert.match(letterBody({ ...PARTS, ...letterWords("ar-EG") }).html, /^<div dir="rtl">/);
});

Deno.test("letterBody() shows whatever people write as text", () => {
  const hostile = fc.stringMatching(/^[<>&"'a\n ]{0,40}$/);
  fc.assert(fc.property(hostile, hostile, hostile, (text, authorName, companyName) => {
    const { html } = letterBody({
      ...PARTS,
      companyName,
      answers: [{ authorName, text, leftOut: [text] }, { authorName: "B", text, leftOut: [] }],
    });

    const tags = new Set(html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/ .*/, ">")));
    const ours = ["<div>", "</div>", "<b>", "</b>", "<br>", "<p>", "</p>", "<a>", "</a>"];
    assert.deepEqual([...tags].filter((tag) => !ours.includes(tag)), []);
  }));
});
