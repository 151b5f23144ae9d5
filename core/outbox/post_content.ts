import type { Capabilities } from "../channel/mod.ts";
import type { ListTemplates } from "../channels/mod.ts";
import type { CoreError } from "../errors.ts";
import { htmlToText } from "../mail_html/mod.ts";
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
  const own = input.text ?? (input.html === undefined ? "" : await htmlToText(input.html));
  const written = { text: own, ...input.html === undefined ? {} : { html: input.html } };
  const { quickReplies, ...body } = withQuickReplies(written, input, capabilities);
  return ok({ ...body, extras: quickReplies.length === 0 ? {} : { quickReplies } });
}
