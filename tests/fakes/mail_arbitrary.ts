/** Mails as fast-check makes them: whole trees of parts in all the spellings that mail has, most of them damaged. */
import fc from "fast-check";

/** A mail, and what a reader must find in it. */
export interface FuzzMail {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** Null: damaged, so that nothing can be said about what is left. */
  readonly holds: FuzzContent | null;
}

export interface FuzzContent {
  /** Base64 of each attached file, in order. */
  readonly files: readonly string[];
  /** Words of the body that must be shown. */
  readonly words: readonly string[];
}

interface Part extends FuzzContent {
  /** With its header, lines ended by CRLF. Binary as a string of bytes. */
  readonly source: string;
}

const NL = "\r\n";

const word = fc.stringMatching(/^[a-z]{6,12}$/);
const bytes = fc.uint8Array({ maxLength: 300 });
/** All of them keep ASCII as it is, or are unknown to every decoder. */
const charset = fc.constantFrom(
  ...["utf-8", "UTF8", "us-ascii", "iso-8859-1", "windows-1252", "gb2312", "shift_jis", "euc-kr"],
  ...["big5", "iso-2022-jp", "koi8-r", "x-unknown", "utf-7", "", '"utf-8"', "hz-gb-2312"],
);

function latin1(data: Uint8Array): string {
  return Array.from(data, (byte) => String.fromCharCode(byte)).join("");
}

/** Content-Transfer-Encodings that any bytes survive, with odd spellings of their names. */
const transfer = fc.constantFrom<readonly [name: string, encode: (data: Uint8Array) => string]>(
  ["base64", (data) => data.toBase64().replace(/.{76}/g, `$&${NL}`)],
  ["BASE64 ", (data) => data.toBase64().replace(/.{5}/g, `$& ${NL}`)],
  ['"Base64"', (data) => data.toBase64()],
  [
    "quoted-printable",
    (data) => Array.from(data, (byte) => `=${toHex(byte)}`).join("").replace(/.{75}/g, `$&=${NL}`),
  ],
  ["Quoted-Printable (hi)", (data) => Array.from(data, (byte) => `=${toHex(byte)}`).join("")],
);

function toHex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

const text: fc.Arbitrary<Part> = fc.record({
  word,
  charset,
  transfer,
  isHtml: fc.boolean(),
  extra: fc.constantFrom("", "; format=flowed", "; format=flowed; delsp=yes", "; x*0=a; x*1=b"),
  around: fc.constantFrom("", "&nbsp;<b>", "<!-- -", "é ü 漢字", " ".repeat(200), "> quote\r\n"),
}).map(({ word, charset, transfer: [encoding, encode], isHtml, extra, around }) => {
  const body = isHtml ? `<p>${word}</p>${around}` : `${word}${NL}${around}`;
  return {
    source: [
      `Content-Type: text/${isHtml ? "html" : "plain"}; charset=${charset}${extra}`,
      `Content-Transfer-Encoding: ${encoding}`,
      "",
      encode(new TextEncoder().encode(body)),
    ].join(NL),
    files: [],
    words: [word],
  };
});

const fileName = fc.constantFrom(
  ...['filename="a.pdf"', "filename=b.pdf", "filename*=utf-8''%e2%82%ac.pdf", 'filename=""'],
  ...[
    "filename*0=long; filename*1=er.pdf",
    'filename="../../etc/passwd"',
    'filename="=?utf-8?Q?=41?="',
  ],
  ...['filename="\xe9\xff"', 'filename="quo\\"te.pdf"', 'filename="never closed'],
);

const file: fc.Arbitrary<Part> = fc.record({
  data: fc.uint8Array({ minLength: 1, maxLength: 600 }),
  transfer,
  name: fileName,
  type: fc.constantFrom("application/pdf", "image/png", "application/x-odd; name=x", "AUDIO/Ogg"),
  id: fc.constantFrom("", `Content-ID: <pic@x>${NL}`, `Content-Id: bare${NL}`),
  kind: fc.constantFrom("attachment", "inline", "ATTACHMENT"),
}).map(({ data, transfer: [encoding, encode], name, type, id, kind }) => ({
  source: [
    `${id}Content-Type: ${type}`,
    `Content-Disposition: ${kind}; ${name}`,
    `Content-Transfer-Encoding: ${encoding}`,
    "",
    encode(data),
  ].join(NL),
  files: [data.toBase64()],
  words: [],
}));

/** Parts that hold a mail or a report: read or not, they may break nothing. Nothing is said about their files. */
const oddType = fc.constantFrom(
  ...["message/rfc822", "message/delivery-status", "message/feedback-report", "text/calendar"],
  ...["application/ms-tnef", "message/partial; id=x; number=1", "multipart/mixed", "text"],
  ...["application/pkcs7-mime", "text/rfc822-headers", "message/external-body"],
);
const odd: fc.Arbitrary<Omit<Part, "files">> = fc.tuple(oddType, bytes, word).map((
  [type, data, word],
) => ({
  source: `Content-Type: ${type}${NL}${NL}Subject: ${word}${NL}${NL}${
    latin1(data).replaceAll("\n--", "")
  }`,
  words: [],
}));

interface Tree {
  readonly source: string;
  readonly words: readonly string[];
  /** Null when a part says nothing sure about files. */
  readonly files: readonly string[] | null;
}

let boundaries = 0;

const { tree } = fc.letrec<{ tree: Tree; multipart: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: "small", withCrossShrink: true },
    text,
    file,
    odd.map((part) => ({ ...part, files: null })),
    tie("multipart"),
  ),
  multipart: fc.record({
    type: fc.constantFrom("mixed", "alternative", "related", "report", "digest", "signed", "odd"),
    parts: fc.array(tie("tree"), { minLength: 1, maxLength: 4 }),
    tail: fc.constantFrom("", " ", "=_", "'()+_,-./:=?"),
    preamble: fc.constantFrom("", "This is a mail in parts.", "-- ", "--not-a-boundary"),
    epilogue: fc.constantFrom("", "after", "\r\n\r\n"),
  }).map(({ type, parts, tail, preamble, epilogue }) => {
    // Unique within the process: a boundary inside another's part is another mail, not a damaged one.
    const boundary = `b${++boundaries}${tail}x`;
    const isSure = parts.every(({ files }) => files !== null);
    return {
      source: [
        `Content-Type: multipart/${type}; boundary="${boundary}"`,
        "",
        preamble,
        ...parts.flatMap(({ source }) => [`--${boundary}`, source]),
        `--${boundary}--`,
        epilogue,
      ].join(NL),
      files: isSure ? parts.flatMap(({ files }) => files ?? []) : null,
      // Of alternatives one is shown.
      words: type === "alternative" ? [] : parts.flatMap(({ words }) => words),
    };
  }),
}));

const address = fc.constantFrom(
  ...["Ana <ana@x.example>", "ana@x.example", '"A, B" <b@x.example>', "<>", "", "nobody", "@,;:<"],
  ...["=?utf-8?B?w6k=?= <e@x.example>", "a@x.example, b@x.example", "Group: a@x.example, b;"],
  ...["mailer-daemon@x.example", "support@veloce.example", "\xff\xfe <q@x.example>"],
  ...["support+r.abc.aaaaaaaaaaaaaaaaaaaaaaaaaa@veloce.example", "ü@xn--bcher-kva.example"],
);
const subject = fc.oneof(
  fc.string({ maxLength: 200 }).map((one) =>
    latin1(new TextEncoder().encode(one)).replace(/[\r\n]/g, " ")
  ),
  fc.constantFrom(
    ...[
      "=?utf-8?Q?=F0=9F=98?= =?utf-8?Q?=80?=",
      "=?gb2312?B?xOO6ww==?=",
      "=?x?Z?y?=",
      "Re: Re: AW: x",
    ],
    ...["=?utf-8?Q?", "a\r\n folded\r\n\tmore", "\u0000", "Undelivered Mail Returned to Sender"],
  ),
);
const date = fc.constantFrom(
  ...["Mon, 2 Mar 2026 10:00:00 +0000", "2 Mar 26 10:00 EST", "yesterday", "", "32 Foo 2026"],
  ...["Thu, 01 Jan 1970 00:00:00 +0000", "Mon, 2 Mar 9999 10:00:00 +9999"],
);
const otherHeader = fc.constantFrom(
  ...["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x>", "References: <a@b> <c"],
  ...[
    "In-Reply-To: <a@b>",
    "X-Odd",
    ": nameless",
    "Reply-To: <>",
    "Received: from x",
    "MIME-Version: 2",
  ],
  ...[
    "Authentication-Results: mx; dkim=pass",
    "Return-Path: <>",
    "X-Failed-Recipients: a@x.example",
  ],
  ...["Content-Type: text/plain", "Content-Language: \xff", "To: second@x.example"],
);

const sound: fc.Arbitrary<FuzzMail> = fc.record({
  from: address,
  to: address,
  subject,
  date,
  others: fc.array(otherHeader, { maxLength: 4 }),
  id: fc.option(fc.uuid()),
  tree,
}).map(({ from, to, subject, date, others, id, tree }) => {
  // A second Content-Type, a report or a folded subject leave open what the body is.
  const isSure = tree.files !== null && !others.some((other) => other.startsWith("Content-Type"));
  const head = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Date: ${date}`, ...others];
  if (id !== null) head.push(`Message-ID: <${id}@x.example>`);
  const source = `${head.join(NL)}${NL}${tree.source}`;
  return {
    raw: fromLatin1(source),
    holds: isSure ? { files: tree.files ?? [], words: tree.words } : null,
  };
});

/** What relays, filters and attackers do to bytes. Places are shares of the length. */
const damage = fc.record({
  kind: fc.constantFrom("cut", "flip", "insert", "remove", "repeat", "line feeds", "no endings"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 200 }),
  piece: fc.oneof(
    bytes,
    fc.constantFrom(...["\r\n", "\r\n\r\n", "\0", "\r", "--", "=", "=?utf-8?B?", '"', "boundary="])
      .map(fromLatin1),
  ),
});

/** A mail of a tree of parts; two of three are damaged in one to four places. */
export const mailArbitrary: fc.Arbitrary<FuzzMail> = fc.oneof(
  sound,
  { arbitrary: fc.tuple(sound, fc.array(damage, { minLength: 1, maxLength: 4 })), weight: 2 },
).map((made) => {
  if (!Array.isArray(made)) return made;
  const [{ raw }, damages] = made;
  return { raw: damages.reduce(damaged, raw), holds: null };
});

type Damage = typeof damage extends fc.Arbitrary<infer One> ? One : never;

function damaged(raw: Uint8Array<ArrayBuffer>, { kind, at, length, piece }: Damage) {
  const place = Math.floor(at * raw.length);
  const [before, after] = [raw.subarray(0, place), raw.subarray(place)];
  switch (kind) {
    case "cut":
      return before.slice();
    case "flip":
      return joined(before, Uint8Array.of(length), after.subarray(1));
    case "insert":
      return joined(before, piece, after);
    case "remove":
      return joined(before, after.subarray(length));
    case "repeat":
      return joined(before, before.subarray(-length), after);
    case "line feeds":
      return fromLatin1(latin1(raw).replaceAll(NL, "\n"));
    default:
      return fromLatin1(latin1(raw).replaceAll(/--\r\n/g, NL));
  }
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function fromLatin1(source: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(source, (character) => character.charCodeAt(0) & 0xff);
}
