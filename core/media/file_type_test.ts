import assert from "node:assert/strict";
import fc from "fast-check";
import { fileType } from "./file_type.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const words = (text: string) => [...new TextEncoder().encode(text)];
const PAGE = words("<!DOCTYPE html><title>x</title>");
const PDF = words("%PDF-1.7");

for (
  const [what, head, announced, answered, type] of [
    ["what the bytes show, whatever is said", PNG, "video/mp4", "text/html", "image/png"],
    [
      "what the message says before what the server says",
      PDF,
      "application/pdf",
      "text/plain",
      "application/pdf",
    ],
    [
      "what the server says where the message knows a kind",
      [1],
      "audio/*",
      "audio/ogg",
      "audio/ogg",
    ],
    ["bytes where nobody says anything", [1], "", "", "application/octet-stream"],
    [
      "bytes where a picture is announced that is none",
      [1],
      "image/jpeg",
      "",
      "application/octet-stream",
    ],
    ["another kind of picture", [1], "image/*", "image/heic", "image/heic"],
    ["a page that was announced", PAGE, "text/html", "text/html", "text/html"],
    ["a page that was not called anything", PAGE, "", "text/html", "text/html"],
    ["a drawing", words("<svg>"), "image/svg+xml", "image/svg+xml", "image/svg+xml"],
    ["no page for a picture", PAGE, "image/*", "image/png", null],
    ["no page for a document", PAGE, "application/pdf", "application/pdf", null],
    ["no report for a film", words("{}"), "video/mp4", "application/json", null],
    ["no words for a sound", words("gone"), "audio/*", "text/plain; charset=utf-8", null],
  ] as const
) {
  Deno.test(`fileType() takes ${what}`, () => {
    assert.equal(fileType(Uint8Array.from(head), { announced, answered }), type);
  });
}

Deno.test("fileType() always gives a header value or nothing", () => {
  fc.assert(fc.property(fc.uint8Array(), fc.string(), fc.string(), (head, announced, answered) => {
    const type = fileType(head, { announced, answered });
    assert.ok(type === null || /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type), String(type));
  }));
});
