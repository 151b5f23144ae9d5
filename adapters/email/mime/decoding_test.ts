import assert from "node:assert/strict";
import { fastestMs } from "../../../tests/fakes/fastest_ms.ts";
import fc from "fast-check";
import { decodeWords } from "postal-mime";
import { decodeText } from "./charset.ts";
import { metaCharset } from "./meta_charset.ts";
import { parseParameterised } from "./header_params.ts";
import { mergeEncodedWords } from "./merge_encoded_words.ts";
import { decodeTransfer } from "./transfer_decoding.ts";
import { unflow } from "./unflow.ts";

const bytes = (...values: number[]) => new Uint8Array(values);
const ascii = (text: string) => new TextEncoder().encode(text);

const CHARSETS: readonly [label: string | undefined, encoded: Uint8Array, text: string][] = [
  ["gb2312", bytes(0xc4, 0xe3, 0xba, 0xc3), "你好"],
  ["GB_2312-80", bytes(0xc4, 0xe3), "你"],
  [
    "iso-2022-jp",
    bytes(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42),
    "日本",
  ],
  ["ks_c_5601-1987", bytes(0xb0, 0xa1), "가"],
  ["koi8-r", bytes(0xf0, 0xd2, 0xc9), "При"],
  ["windows-1251", bytes(0xcf, 0xf0), "Пр"],
  ["iso-8859-1", bytes(0x63, 0x61, 0x66, 0xe9), "café"],
  ["utf-8", ascii("\ufeffü"), "ü"],
  ["x-sjis", bytes(0x93, 0xfa), "日"],
  ["no-such-charset", ascii("größe"), "größe"],
  ["no-such-charset", bytes(0x67, 0xf6), "gö"],
  [undefined, bytes(0xe9), "é"],
  [undefined, ascii("é"), "é"],
  ["us-ascii", ascii("–"), "–"],
  ["hz-gb-2312", ascii("plain"), "plain"],
  // What Windows and phones write under older names.
  ["iso-2022-jp", bytes(0x1b, 0x24, 0x42, 0x2d, 0x21, 0x1b, 0x28, 0x42), "①"],
  ["iso-2022-jp-ms", bytes(0x1b, 0x28, 0x49, 0x31, 0x1b, 0x28, 0x42), "ｱ"],
  ["CP932", bytes(0x87, 0x40), "①"],
  ["ks_c_5601-1987", bytes(0x8c, 0x63), "똠"],
  ["CP949", bytes(0x8c, 0x63), "똠"],
  ["gb2312", bytes(0x81, 0x30, 0x81, 0x30), "\u0080"],
  ["gbk", bytes(0x80), "€"],
  ["big5-hkscs", bytes(0xa4, 0xa4), "中"],
  ["cp950", bytes(0xa4, 0xa4), "中"],
  ["euc-jp", bytes(0xc6, 0xfc), "日"],
  ["tis-620", bytes(0xa1), "ก"],
  ["iso-8859-15", bytes(0xa4), "€"],
  ["iso-8859-1", bytes(0x80, 0x93), "€“"],
  ["iso-8859-8-i", bytes(0xf9), "ש"],
  ["windows-1256", bytes(0xe3), "م"],
  ["macintosh", bytes(0x8e), "é"],
  ["utf-16le", bytes(0xe9, 0x00), "é"],
  ["utf-7", ascii("caf+AOk- +- +ZeVnLIqe."), "café + 日本語."],
  ["unicode-1-1-utf-7", ascii("+2D3eAA-!"), "😀!"],
  [" UTF-8 ", ascii("é"), "é"],
  ["'utf-8'", ascii("é"), "é"],
  ["utf-8", ascii("a\0b\r\nc"), "ab\nc"],
];

Deno.test("decodeText() knows the charsets of mail and guesses where there is none", () => {
  for (const [label, encoded, text] of CHARSETS) {
    assert.equal(decodeText(encoded, label), text, `${label}`);
  }
});

Deno.test("decodeText() takes any bytes under any label", () => {
  const label = fc.oneof(
    fc.constantFrom("utf-7", "utf-16", "gb2312", "iso-2022-jp", "hz-gb-2312", "x-user-defined"),
    fc.string({ maxLength: 20 }),
    fc.constant(undefined),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), label, (data, name) => {
    assert.equal(typeof decodeText(data, name), "string");
  }));
});

Deno.test("metaCharset() finds what HTML says of itself, near its beginning", () => {
  const of = (html: string) => metaCharset(ascii(html));

  assert.equal(of('<html><head><meta charset="gb2312">'), "gb2312");
  assert.equal(
    of("<META http-equiv=Content-Type content='text/html; charset=koi8-r'>"),
    "koi8-r",
  );
  assert.equal(of("<meta charset=utf-16>"), undefined);
  assert.equal(of("<p>charset=gb2312</p>"), undefined);
  assert.equal(of(" ".repeat(5_000) + "<meta charset=gb2312>"), undefined);
});

Deno.test("decodeTransfer() undoes what an encoder did", () => {
  const property = fc.property(fc.uint8Array({ maxLength: 500 }), (data) => {
    const base64 = btoa(String.fromCharCode(...data)).replace(/.{76}/g, "$&\r\n");
    const quoted = [...data].map((byte) => "=" + byte.toString(16).padStart(2, "0").toUpperCase())
      .join("").replace(/(?:...){25}/g, "$&=\r\n");

    assert.deepEqual([...decodeTransfer(ascii(base64), "base64")], [...data]);
    assert.deepEqual([...decodeTransfer(ascii(quoted), "quoted-printable")], [...data]);
  });
  fc.assert(property);
});

Deno.test("decodeTransfer() skips damage instead of failing", () => {
  const text = (input: string, encoding: string) =>
    new TextDecoder().decode(decodeTransfer(ascii(input), encoding));

  assert.equal(text("aGVs!!bG8", "base64"), "hello");
  assert.equal(text("aGk=aGk=", "base64"), "hihi");
  assert.equal(text("a=ZZb=4", "quoted-printable"), "a=ZZb=4");
  assert.equal(text("a  \r\nb=20 \r\nc=\r\nd", "quoted-printable"), "a\r\nb \r\ncd");
  assert.equal(text("as it is =20", "8bit"), "as it is =20");
  assert.equal(text("as it is", "x-unknown"), "as it is");
});

const PARAMS: readonly [header: string, value: string, params: Record<string, string>][] = [
  ["Text/Plain; Charset=UTF-8", "text/plain", { charset: "UTF-8" }],
  ['a/b; name="x;y \\"z\\""', "a/b", { name: 'x;y "z"' }],
  ["a/b (comment; x=1); c= (d) e", "a/b", { c: "e" }],
  ["a/b; name=invoice(1).pdf", "a/b", { name: "invoice(1).pdf" }],
  ["a/b; filename*=UTF-8''na%C3%AFve.txt", "a/b", { filename: "naïve.txt" }],
  ["a/b; f*0*=koi8-r''%F0%D2; f*1*=%C9; f*2=.txt", "a/b", { f: "При.txt" }],
  ['a/b; name="=?utf-8?B?w6nDqQ==?="', "a/b", { name: "éé" }],
  ["a/b; x=1; x=2; flag; =3; ;", "a/b", { x: "1" }],
  ['a/b; open="never closed', "a/b", { open: "never closed" }],
  ["", "", {}],
];

Deno.test("parseParameterised() reads values, quotes, comments and RFC 2231", () => {
  for (const [header, value, params] of PARAMS) {
    const parsed = parseParameterised(header);

    assert.equal(parsed.value, value);
    assert.deepEqual(Object.fromEntries(parsed.params), params, header);
  }
});

Deno.test("unflow() joins soft breaks, keeps quote levels and the signature line", () => {
  const flowed = ["> one ", "> two", ">> deep ", "reply ", "goes on", " >no quote", "-- ", "Ann"];

  assert.equal(
    unflow(flowed.join("\n"), false),
    ["> one two", ">> deep ", "reply goes on", ">no quote", "-- ", "Ann"].join("\n"),
  );
  assert.equal(unflow("in \nter \nnet", true), "internet");
});

Deno.test("unflow() is linear: 3 MB of soft breaks do not stall", async () => {
  const text = "word \n".repeat(500_000);

  const elapsedMs = await fastestMs(() => unflow(text, false), 500);

  // A square would be hours.
  assert.ok(elapsedMs < 1_500, `${elapsedMs} ms`);
});

const WORDS: readonly [header: string, text: string][] = [
  ["plain", "plain"],
  ["=?utf-8?Q?a_b?= c", "a b c"],
  ["=?utf-8?B?w6TDtsO=?= =?utf-8?B?vA==?= x", "äöü x"],
  ["=?utf-8?Q?=C3?=  =?UTF-8?q?=A4?=", "ä"],
  ["=?iso-8859-1?Q?=E4?= =?utf-8?Q?=C3=B6?=", "äö"],
  ["=?gb2312?B?xOM=?= and =?koi8-r?B?8A==?=", "你 and П"],
  ["=?utf-8*en?Q?x?=", "x"],
  ["a =?broken?Q?no end", "a =?broken?Q?no end"],
];

Deno.test("mergeEncodedWords() keeps words decodable and mends characters split between them", () => {
  for (const [header, text] of WORDS) {
    assert.equal(decodeWords(mergeEncodedWords(header)), text, header);
  }
});
