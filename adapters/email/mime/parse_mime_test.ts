import assert from "node:assert/strict";
import fc from "fast-check";
import PostalMime from "postal-mime";
import { type MimePart, parseMime } from "./parse_mime.ts";
import { decodeTransfer } from "./transfer_decoding.ts";

const LIMITS = { maxDepth: 50, maxParts: 1_000, maxHeaderBytes: 1 << 20 };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const parse = (...lines: string[]) => parseMime(bytesOf(lines.join("\r\n")), LIMITS);
const bodyOf = (part: MimePart | undefined) => new TextDecoder().decode(part?.body);

Deno.test("parseMime() reads header fields and the body of a simple mail", () => {
  const { root } = parse("Subject: a", " folded", "X-Two:b", "", "line 1", "line 2", "");

  assert.deepEqual(root.fields, [{ name: "subject", value: "a folded" }, {
    name: "x-two",
    value: "b",
  }]);
  assert.equal(root.type, "text/plain");
  assert.equal(bodyOf(root), "line 1\r\nline 2\r\n");
});

Deno.test("parseMime() takes nested multiparts apart and gives the line break to the boundary", () => {
  const { root } = parse(
    "Content-Type: multipart/mixed; boundary=outer",
    "",
    "preamble",
    "--outer",
    'Content-Type: multipart/alternative; boundary="in ner"',
    "",
    "--in ner",
    "",
    "text",
    "--in ner  ",
    "Content-Type: text/html",
    "",
    "<p>",
    "--in ner--",
    "--outer",
    "Content-Type: image/png; name=a.png",
    "Content-ID: <x@y>",
    "Content-Transfer-Encoding: BASE64",
    "",
    "AAAA",
    "--outer--",
    "epilogue",
  );

  assert.equal(root.parts.length, 2);
  const [alternative, image] = root.parts;
  assert.deepEqual(alternative?.parts.map(bodyOf), ["text", "<p>"]);
  assert.equal(image?.contentId, "x@y");
  assert.equal(image?.fileName, "a.png");
  assert.equal(image?.encoding, "base64");
  assert.equal(bodyOf(image), "AAAA");
});

Deno.test("parseMime() ends an unterminated part at its parent's boundary", () => {
  const { root } = parse(
    "Content-Type: multipart/mixed; boundary=a",
    "",
    "--a",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "",
    "one",
    "--a",
    "",
    "two",
  );

  assert.equal(bodyOf(root.parts[0]?.parts[0]), "one");
  assert.equal(bodyOf(root.parts[1]), "two");
});

Deno.test("parseMime() keeps the text of a multipart whose boundary never comes", () => {
  const { root } = parse("Content-Type: multipart/mixed; boundary=a", "", "all there is");

  assert.equal(root.parts.length, 0);
  assert.equal(bodyOf(root), "all there is");
});

Deno.test("parseMime() stops at the limits of depth, parts and header, and says so", () => {
  const deep = Array.from({ length: 500 }, (_, i) => [
    `Content-Type: multipart/mixed; boundary=b${i}`,
    "",
    `--b${i}`,
  ]).flat();
  const wide = Array.from({ length: 2_000 }, () => ["--w", "", "x"]).flat();

  assert.deepEqual([...parse(...deep, "", "x").problems], ["nested_too_deeply"]);
  const many = parse("Content-Type: multipart/mixed; boundary=w", "", ...wide);
  assert.deepEqual([...many.problems], ["too_many_parts"]);
  assert.equal(many.root.parts.length, 999);
  const long = parse(...Array.from({ length: 900 }, () => "X: " + "y".repeat(2_000)), "", "body");
  assert.deepEqual([...long.problems], ["header_too_long"]);
  assert.equal(bodyOf(long.root), "body");
});

Deno.test("parseMime() takes bytes that are no mail as a body without header", () => {
  const junk = crypto.getRandomValues(new Uint8Array(4_096));
  junk[0] = 0;

  const { root } = parseMime(junk, LIMITS);

  assert.deepEqual(root.fields, []);
  assert.equal(root.body.length, 4_096);
});

Deno.test("parseMime() takes less than a second for 25 MiB made of boundary-like lines", () => {
  const head = bytesOf("Content-Type: multipart/mixed; boundary=xyz\r\n\r\n");
  const mail = new Uint8Array(25 << 20).fill(45);
  mail.set(head);
  for (let i = head.length; i < mail.length; i += 6) mail[i] = 10;

  const start = performance.now();
  parseMime(mail, LIMITS);

  assert.ok(performance.now() - start < 1_000);
});

/** Random well-formed mails: both parsers must see the same leaves. */
const leaf = fc.record({
  type: fc.constantFrom("application/octet-stream", "image/png", "application/pdf"),
  name: fc.stringMatching(/^[a-z]{1,8}\.bin$/),
  data: fc.uint8Array({ maxLength: 200 }),
});

Deno.test("parseMime() and decodeTransfer() agree with postal-mime on well-formed mails", async () => {
  const property = fc.asyncProperty(
    fc.array(fc.array(leaf, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    async (groups) => {
      const lines = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=o", ""];
      groups.forEach((group, i) => {
        lines.push("--o", `Content-Type: multipart/mixed; boundary=i${i}`, "");
        for (const { type, name, data } of group) {
          lines.push(
            `--i${i}`,
            `Content-Type: ${type}; name="${name}"`,
            `Content-Disposition: attachment; filename="${name}"`,
            "Content-Transfer-Encoding: base64",
            "",
            ...(btoa(String.fromCharCode(...data)).match(/.{1,76}/g) ?? []),
          );
        }
        lines.push(`--i${i}--`);
      });
      lines.push("--o--", "");
      const mail = bytesOf(lines.join("\r\n"));

      const theirs = await PostalMime.parse(mail);
      const ours = parseMime(mail, LIMITS).root.parts.flatMap((part) => part.parts);

      assert.deepEqual(
        ours.map((part) => [part.type, part.fileName, [...decodeTransfer(part.body, "base64")]]),
        theirs.attachments.map(({ mimeType, filename, content }) => [
          mimeType,
          filename,
          typeof content === "string" ? content : [...new Uint8Array(content)],
        ]),
      );
    },
  );
  await fc.assert(property, { numRuns: 50 });
});
