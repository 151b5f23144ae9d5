import type { Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { CoreError } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import { escapeHtml } from "../model/escape_html.ts";
import { type FieldName, type FieldValues, fillFields } from "../model/fill_fields.ts";
import type { Macro } from "../model/macro.ts";
import { ok, type Result } from "../result.ts";
import { readFieldValues } from "../sharing/mod.ts";
import { type MacroPlan, planMacro } from "./plan_macro.ts";

/** What a macro does to one conversation, its words filled in. */
export interface MacroPreview extends MacroPlan {
  /** Empty: it says nothing. */
  readonly text: string;
  readonly html?: string;
  /** Fields without a value, which still stand in the text or a comment. */
  readonly missing: readonly FieldName[];
  readonly conversation: Conversation;
}

/** What a macro would do now. Errors: not_found. */
export async function previewMacro(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  principal: Principal,
  conversationId: string,
  macro: Macro,
): Promise<Result<MacroPreview, CoreError>> {
  const read = await readFieldValues(store, principal, conversationId);
  if (!read.ok) return read;
  const { conversation, values } = read.value;
  const userId = principal.type === "user" ? principal.user.id : null;
  const plan = planMacro(macro, conversation, { userId, now: ports.clock.now() });
  return ok({ ...plan, ...filled(macro, plan, values), conversation });
}

function filled(
  { text, html }: Pick<Macro, "text" | "html">,
  { comments }: MacroPlan,
  values: FieldValues,
): Pick<MacroPreview, "text" | "html" | "missing" | "comments"> {
  const said = fillFields(text, values);
  const commented = comments.map((comment) => fillFields(comment, values));
  const missing = [said, ...commented].flatMap((one) => one.missing.map(({ name }) => name));
  return {
    text: said.text,
    ...html === undefined ? {} : { html: fillFields(html, values, escapeHtml).text },
    comments: commented.map((one) => one.text),
    missing: [...new Set(missing)],
  };
}
