import { decodeUtf7 } from "./utf7.ts";

/** The Encoding Standard left it out: browsers must not know it. What it decodes to is sanitised like all else. */
const UTF7 = /^\s*(?:x-)?(?:unicode-1-1-)?utf-?7\s*$/i;

/** Labels that mail uses and the Encoding Standard does not know, or knows as something smaller. */
const ALIASES: Readonly<Record<string, string>> = {
  gb2312: "gb18030",
  gb_2312: "gb18030",
  "gb_2312-80": "gb18030",
  gbk: "gb18030",
  cp936: "gb18030",
  ms936: "gb18030",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-3": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  cp50220: "iso-2022-jp",
  cp932: "shift_jis",
  "windows-932": "shift_jis",
  cp949: "euc-kr",
  ms949: "euc-kr",
  uhc: "euc-kr",
  cp950: "big5",
  "utf-8mb4": "utf-8",
  utf8mb4: "utf-8",
  "cp-1252": "windows-1252",
  ansi: "windows-1252",
};

/** Labels that say nothing about bytes over 127, so those are looked at instead. */
const VAGUE = new Set(["", "us-ascii", "ascii", "ansi_x3.4-1968", "default", "unknown", "binary"]);

/** Whether a label leaves the charset open. */
export function isVague(label: string | undefined): boolean {
  return VAGUE.has((label ?? "").trim().toLowerCase());
}

/**
 * Text of bytes in a named charset: without a byte order mark, NULs or carriage returns before line feeds.
 * Without a usable label, valid UTF-8 is taken as UTF-8 and anything else as windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array, label: string | undefined): string {
  const decoder = decoderFor(label);
  const text = UTF7.test(label ?? "")
    ? decodeUtf7(bytes)
    : decoder === null
    ? sniff(bytes)
    : decoder.decode(bytes);
  return text.replaceAll("\0", "").replaceAll("\r\n", "\n");
}

function decoderFor(label: string | undefined): TextDecoder | null {
  if (isVague(label)) return null;
  const name = (label ?? "").trim().toLowerCase();
  for (const candidate of [ALIASES[name] ?? name, name.replace(/^(x-|cs)/, "")]) {
    try {
      return new TextDecoder(candidate);
    } catch {
      // Not a label this runtime knows: the next spelling, at last the bytes themselves.
    }
  }
  return null;
}

function sniff(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
