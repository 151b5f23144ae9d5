import { z } from "zod";
import { asText, frameDocument, type FrameDocumentOptions } from "../mail_html/mod.ts";
import type { SideProcedure, SideThread } from "../ports.ts";

/** In UTF-16 units; finding the quotes in so much takes up to 30 ms. */
const LARGE_LENGTH = 64 * 1024;

/** The page of a mail's frame, made on the side thread where the mail is large; there at the worst of its text. */
export async function frameMail(
  options: FrameDocumentOptions,
  sideThread: SideThread | undefined,
): Promise<string> {
  if (sideThread === undefined || options.html.length <= LARGE_LENGTH) {
    return frameDocument(options);
  }
  const done = await sideThread.run({ work: "frame", input: options });
  return done.ok
    ? z.string().parse(done.value)
    : frameDocument({ ...options, html: asText(options.html).html });
}

/** The side thread's half. */
export const frameProcedure: SideProcedure = (input) =>
  // Made by `frameMail` of the same version, in the same process.
  Promise.resolve({ value: frameDocument(input as FrameDocumentOptions) });
