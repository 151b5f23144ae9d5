import { joinBytes } from "../../../core/channel/mod.ts";
import { decodeText } from "./charset.ts";
import { decodeTransfer } from "./transfer_decoding.ts";

const WORD = /=\?([^?\s]{1,60})\?([QqBb])\?([^?]*)\?=/g;

/**
 * Rewrites runs of adjacent encoded words (RFC 2047) as one word in UTF-8, so that characters that were split over two
 * words come out whole. The rest of the header stays as it is: whoever reads it next still sees encoded words.
 */
export function mergeEncodedWords(header: string): string {
  const output: string[] = [];
  let run: { charset: string; bytes: Uint8Array[] } | null = null;
  let at = 0;

  const endRun = () => {
    if (run !== null) output.push(encodedWord(run.charset, run.bytes));
    run = null;
  };

  for (const match of header.matchAll(WORD)) {
    const [word, label = "", encoding = "", text = ""] = match;
    const between = header.slice(at, match.index);
    // A language may follow the charset (RFC 2231); it is of no use here.
    const charset = (label.split("*")[0] ?? "").toLowerCase();
    if (run !== null && (between.trim() !== "" || charset !== run.charset)) endRun();
    if (run === null) {
      // White space between encoded words only folds them; elsewhere it is text.
      const isOnlyFold = between.trim() === "" && output.length > 0 && at > 0;
      if (!isOnlyFold) output.push(between);
      run = { charset, bytes: [] };
    }
    run.bytes.push(wordBytes(encoding, text));
    at = match.index + word.length;
  }
  endRun();
  output.push(header.slice(at));
  return output.join("");
}

function wordBytes(encoding: string, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(
    encoding === "b" || encoding === "B" ? text : text.replaceAll("_", "=20"),
  );
  return decodeTransfer(bytes, encoding.toLowerCase() === "b" ? "base64" : "quoted-printable");
}

function encodedWord(charset: string, pieces: readonly Uint8Array[]): string {
  return `=?utf-8?B?${
    new TextEncoder().encode(decodeText(joinBytes(pieces), charset)).toBase64()
  }?=`;
}
