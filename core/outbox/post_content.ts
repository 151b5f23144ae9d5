import type { Capabilities } from "../channel/mod.ts";
import type { ListTemplates } from "../channels/mod.ts";
import type { CoreError } from "../errors.ts";
import { outgoingText, sanitizeOutgoing } from "../mail_html/mod.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { chooseTemplate } from "./choose_template.ts";
import type { PostInput } from "./post_input.ts";
import { checkQuickReplies, withQuickReplies } from "./quick_replies.ts";

/** What a post says, as its channel can carry it. */
export interface PostContent {
  readonly text: string;
  readonly html?: string;
  /** Fields of the message besides its body. */
  readonly extras: Pick<Message, "quickReplies" | "template">;
}

/** Makes the words of a post: of its text or HTML with its quick replies, or of the template it names. Errors: invalid, unsupported. */
export async function postContent(
  listTemplates: ListTemplates,
  channelId: string,
  input: PostInput,
  capabilities: Capabilities,
): Promise<Result<PostContent, CoreError>> {
  const wrong = checkQuickReplies(input, capabilities);
  if (wrong !== null) return err(wrong);
  const chosen = await chooseTemplate(listTemplates, channelId, input, capabilities);
  if (!chosen.ok) return chosen;
  if (chosen.value !== null) {
    const { text, template } = chosen.value;
    return ok({ text, extras: { template } });
  }
  const { quickReplies, ...body } = withQuickReplies(
    await writtenBody(input, capabilities),
    input,
    capabilities,
  );
  return ok({ ...body, extras: quickReplies.length === 0 ? {} : { quickReplies } });
}

/** The text, and the HTML beside it where somebody can read that: by mail, and among colleagues. */
async function writtenBody(
  { kind, text, html }: PostInput,
  { text: { dialect } }: Capabilities,
): Promise<{ readonly text: string; readonly html?: string }> {
  if (html === undefined) return { text: text ?? "" };
  const clean = await sanitizeOutgoing(html);
  // Made of what is left, so that both say the same.
  const words = text ?? await outgoingText(clean);
  return kind === "comment" || dialect === "html" ? { text: words, html: clean } : { text: words };
}
