import { z } from "zod";
import { nameInput } from "../access/mod.ts";
import { htmlToText, sanitizeOutgoing } from "../mail_html/mod.ts";
import { unknownField } from "../model/fill_fields.ts";
import { type CoreError, invalid } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";

/** With its HTML, and both in two-byte characters, it fits a record. */
const MAX_TEXT = 8_000;
const MAX_HTML = 20_000;

/** Words with fields. */
export const TextInput = z.string().max(MAX_TEXT, `takes ${MAX_TEXT} characters at most`)
  .transform((text) => text.replaceAll("\r\n", "\n").trim());
export const HtmlInput = z.string().max(MAX_HTML, `takes ${MAX_HTML} characters at most`);

/** The name of a folder; empty for none. */
export const FolderInput = z.union([z.literal(""), nameInput(60)]);

/** Words as they are stored. */
export interface Words {
  readonly text: string;
  readonly html?: string;
}

/** Checks words and makes the one form of the other: HTML is sanitised, and its text is what it says. Errors: invalid. */
export async function readWords(
  { text, html }: { readonly text?: string | undefined; readonly html?: string | undefined },
): Promise<Result<Words, CoreError>> {
  const clean = html === undefined ? undefined : await sanitizeOutgoing(html);
  if (clean !== undefined && clean.length > MAX_HTML) {
    return err(invalid("html", `takes ${MAX_HTML} characters at most`));
  }
  const said = clean === undefined ? text ?? "" : (await htmlToText(clean)).slice(0, MAX_TEXT);
  const path = clean === undefined ? "text" : "html";
  for (const words of [clean ?? "", said]) {
    const unknown = unknownField(words);
    if (unknown === null) continue;
    const name = `{{${unknown.name.slice(0, 60)}}}`;
    return err(invalid(path, `names ${name} in line ${unknown.line}, which is no field`));
  }
  return ok({ text: said, ...clean === undefined ? {} : { html: clean } });
}
