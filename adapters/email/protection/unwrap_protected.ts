import type { EmailInput } from "../../../core/channel/mod.ts";
import { decodeTransfer, type MimeLimits, type MimePart, parseMime } from "../mime/mod.ts";
import { signedContent } from "./signed_content.ts";

/** How a mail, or a part of it, was protected by its sender. */
export type Protection = NonNullable<EmailInput["protection"]>;

const PGP_SIGNATURE = "application/pgp-signature";
const SMIME_SIGNATURE = /^application\/(?:x-)?pkcs7-signature$/;
const SMIME = /^application\/(?:x-)?pkcs7-mime$/;

/**
 * A mail without the wrapping of its signatures: what was signed in place of signature and all. What is encrypted stays as the
 * file it is.
 * @param limits for what a signature wraps, which is a mail's body of its own
 * @returns the outermost encryption, else the outermost signature; null for a mail as most are
 */
export function unwrapProtected(
  root: MimePart,
  limits: MimeLimits,
): { readonly root: MimePart; readonly protection: Protection | null } {
  const found: Protection[] = [];
  const shown = unwrap(root, limits, found);
  const protection = found.find(({ kind }) => kind === "encrypted") ?? found[0] ?? null;
  return { root: shown, protection };
}

function unwrap(part: MimePart, limits: MimeLimits, found: Protection[]): MimePart {
  const [first, second] = part.parts;
  if (part.type === "multipart/signed" && first !== undefined) {
    const by = signedBy(part, second);
    if (by !== null) {
      found.push({ kind: "signed", by });
      return unwrap(first, limits, found);
    }
  }
  if (part.type === "multipart/encrypted" && part.parts.length > 0) {
    found.push({ kind: "encrypted", by: "pgp" });
    // Its first part only says "Version: 1".
    return {
      ...part,
      parts: part.parts.filter(({ type }) => type !== "application/pgp-encrypted"),
    };
  }
  if (SMIME.test(part.type)) return unwrapSmime(part, limits, found);
  if (part.parts.length === 0) return part;
  return { ...part, parts: part.parts.map((one) => unwrap(one, limits, found)) };
}

function signedBy(part: MimePart, signature: MimePart | undefined): Protection["by"] | null {
  for (const type of [signature?.type ?? "", part.params.get("protocol")?.toLowerCase() ?? ""]) {
    if (type === PGP_SIGNATURE) return "pgp";
    if (SMIME_SIGNATURE.test(type)) return "smime";
  }
  return null;
}

/** One file that holds everything: encrypted, or only signed and then readable. */
function unwrapSmime(part: MimePart, limits: MimeLimits, found: Protection[]): MimePart {
  const kind = part.params.get("smime-type")?.toLowerCase() ?? "";
  // A list of certificates is no mail.
  if (kind === "certs-only") return part;
  const content = signedContent(decodeTransfer(part.body, part.encoding));
  if (content !== null) {
    found.push({ kind: "signed", by: "smime" });
    const { maxDepth, ...rest } = limits;
    // Each wrapping costs a level, so that wrappings of wrappings end.
    if (maxDepth <= 1) return part;
    const inner = { ...rest, maxDepth: Math.floor(maxDepth / 2) };
    return unwrap(parseMime(content, inner).root, inner, found);
  }
  if (kind !== "signed-data") found.push({ kind: "encrypted", by: "smime" });
  else found.push({ kind: "signed", by: "smime" });
  return part;
}
