import { type Capabilities, type FilledTemplate, templateText } from "../channel/mod.ts";
import type { ListTemplates } from "../channels/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { storedBytes } from "../store/mod.ts";
import type { PostInput } from "./post_input.ts";

/** A template that may be sent, and how it reads. */
export interface ChosenTemplate {
  readonly template: FilledTemplate;
  readonly text: string;
}

/** What a message's record has room for besides all else. */
const MAX_VALUES_BYTES = 12 * 1024;
/** What goes with a template is part of it. */
const APART = ["text", "html", "attachmentIds", "quickReplies"] as const;

/** The template a post names, by the provider's own list of now; null when it names none. Errors: invalid, unsupported. */
export async function chooseTemplate(
  list: ListTemplates,
  channelId: string,
  input: PostInput,
  { window }: Pick<Capabilities, "window">,
): Promise<Result<ChosenTemplate | null, CoreError>> {
  const { template: wanted, kind } = input;
  if (wanted === undefined) return ok(null);
  if (kind === "comment") return err(invalid("template", "goes with replies only"));
  if (window?.templateAfter !== true) {
    return err(invalid("template", "goes with channels that have templates only"));
  }
  const more = APART.find((field) => input[field] !== undefined);
  if (more !== undefined) return err(invalid(more, "does not go with a template"));
  const listed = await list(channelId);
  if (!listed.ok) return listed;
  const { name, language } = wanted;
  const found = listed.value.find((one) => one.name === name && one.language === language);
  if (found === undefined) return err(invalid("template.name", "is not an approved template"));
  const values = wanted.values ?? [];
  if (values.length !== found.values) {
    return err(invalid("template.values", `are ${values.length}; it takes ${found.values}`));
  }
  const empty = values.findIndex((value) => value.trim() === "");
  if (empty >= 0) return err(invalid(`template.values.${empty}`, "is empty"));
  if (storedBytes(values) > MAX_VALUES_BYTES) {
    return err(invalid("template.values", "are too long to be kept with one message"));
  }
  return ok({
    template: { name, language, values },
    text: templateText(found.body, values),
  });
}
