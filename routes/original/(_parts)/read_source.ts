import type { OriginalDelivery } from "@/core/mod.ts";

/** A mail's source as text that a page can show. */
export interface MailSource {
  readonly header: string;
  readonly body: string;
  /** There is more than this. */
  readonly isCut: boolean;
}

/** As much of it as anybody reads; the file has all. */
const MAX_BYTES = 256 * 1024;

/** Reads the beginning of a mail. What would steer a screen is written out instead: nothing of it acts on the page. */
export async function readSource(
  { size, stream }: Pick<OriginalDelivery, "size" | "stream">,
): Promise<MailSource> {
  const bytes = await new Response(stream({ start: 0, end: Math.min(size, MAX_BYTES) })).bytes();
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, "\n");
  const end = /\n\n/.exec(text)?.index ?? text.length;
  return {
    header: visible(text.slice(0, end)),
    body: visible(text.slice(end).replace(/^\n+/, "")),
    isCut: size > MAX_BYTES,
  };
}

/** Control characters and those that turn the direction of writing, as escapes. */
function visible(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|\p{Bidi_Control}|[\u200b\u2028\u2029\ufeff]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
