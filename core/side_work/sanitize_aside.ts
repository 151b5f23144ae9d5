import { z } from "zod";
import { sanitize, type SanitizedHtml, type SanitizeOptions } from "../mail_html/mod.ts";
import type { SideProcedure, SideThread } from "../ports.ts";

/** A mail's HTML, to be sanitised. */
export interface MailHtml extends Pick<SanitizeOptions, "images"> {
  readonly html: string;
  /** Addresses of inline images, by their Content-IDs. */
  readonly places: ReadonlyMap<string, string>;
}

/** In UTF-16 units; so much takes a few milliseconds, however hostile it is. */
const LARGE_LENGTH = 64 * 1024;

const Sanitized = z.strictObject({
  html: z.string(),
  blockedImages: z.number(),
  trackers: z.number(),
});

/** Sanitises, what is large on the side thread; null when that came to nothing. */
export async function sanitizeMail(
  mail: MailHtml,
  sideThread: SideThread | undefined,
): Promise<SanitizedHtml | null> {
  if (sideThread === undefined || mail.html.length <= LARGE_LENGTH) return await sanitizeNow(mail);
  const done = await sideThread.run({ work: "sanitize", input: mail });
  return done.ok ? Sanitized.parse(done.value) : null;
}

/** The side thread's half. */
export const sanitizeProcedure: SideProcedure = async (input) => ({
  // Made by `sanitizeMail` of the same version, in the same process.
  value: await sanitizeNow(input as MailHtml),
});

async function sanitizeNow({ html, images, places }: MailHtml): Promise<SanitizedHtml> {
  return await sanitize(html, { images, cid: (contentId) => places.get(contentId) ?? null });
}
