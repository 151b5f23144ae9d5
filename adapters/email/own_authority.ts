import { X509Certificate } from "node:crypto";
import { z } from "zod";

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of an authority that only one's own mail servers know, trusted beside the public ones. PEM. */
export const OwnAuthority = z.string().trim().max(20_000)
  .refine(isCertificates, "must be one or more certificates, as PEM").optional().meta({
    title: "Own certificate authority",
    help: "PEM. Only for a mail server whose certificate no public authority has signed.",
    widget: "textarea",
    advanced: true,
  });

function isCertificates(text: string): boolean {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0 || text.replace(BLOCK, "").trim() !== "") return false;
  try {
    return blocks.every((block) => new X509Certificate(block).subject !== undefined);
  } catch {
    return false;
  }
}
