import type { Protection } from "./unwrap_protected.ts";

const SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
const END = "-----END PGP SIGNATURE-----";
const ENCRYPTED = /^-----BEGIN PGP MESSAGE-----\r?$/m;

/**
 * Reads PGP that stands in the text itself (RFC 4880, chapter 7). Of a signed text the marks and the signature go, every word
 * of its sender stays; what is not whole is left as it is.
 */
export function readClearSigned(
  text: string,
): { readonly text: string; readonly protection: Protection | null } {
  const begin = lineAt(text, SIGNED, 0);
  const signature = begin === null ? null : lineAt(text, SIGNATURE, begin.next);
  const end = signature === null ? null : lineAt(text, END, signature.next);
  if (begin === null || signature === null || end === null) {
    const isEncrypted = ENCRYPTED.test(text) && text.includes("-----END PGP MESSAGE-----");
    return { text, protection: isEncrypted ? { kind: "encrypted", by: "pgp" } : null };
  }
  // "Hash: SHA256" and the like, up to a blank line.
  const head = /^(?:[A-Za-z]+: [^\n]*\n)*[ \t]*\r?\n/.exec(text.slice(begin.next, signature.start));
  const words = text.slice(begin.next + (head?.[0].length ?? 0), signature.start)
    // Lines that begin with a dash were written with another before them.
    .replace(/^- /gm, "");
  const pieces = [text.slice(0, begin.start), words, text.slice(end.next)];
  return {
    text: pieces.map((piece) => piece.trim()).filter((piece) => piece !== "").join("\n\n"),
    protection: { kind: "signed", by: "pgp" },
  };
}

/** Where a line that says nothing else stands; null when there is none. */
function lineAt(
  text: string,
  line: string,
  from: number,
): { readonly start: number; readonly next: number } | null {
  for (let at = text.indexOf(line, from); at >= 0; at = text.indexOf(line, at + 1)) {
    const [rest = ""] =
      /^[ \t]*(?:\r?\n|$)/.exec(text.slice(at + line.length, at + line.length + 80)) ??
        [];
    const isAtEnd = at + line.length === text.length;
    if ((at === 0 || text[at - 1] === "\n") && (rest !== "" || isAtEnd)) {
      return { start: at, next: at + line.length + rest.length };
    }
  }
  return null;
}
