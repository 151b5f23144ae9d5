import { FormFields } from "@/core/model/form.ts";
import type { FormDraft } from "@/core/model/form_draft.ts";
import { contentOf } from "./form_draft.ts";

/** One thing that is wrong, beside what it is about. */
export interface DraftProblem {
  /** Key of the field; null: the form as a whole. */
  readonly key: string | null;
  /** Which of its settings: "label"; empty when none can be named. */
  readonly setting: string;
  readonly message: string;
}

/** What the server would refuse, by the schema it uses. */
export function checkDraft(draft: FormDraft): readonly DraftProblem[] {
  const read = FormFields.safeParse(contentOf(draft).fields);
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) =>
      problemOf(draft, ["fields", ...path.map(String)], message)
    );
}

/** @param path as the settings of the channel are written: ["fields", "2", "label"] */
export function problemOf(
  { fields }: FormDraft,
  path: readonly string[],
  message: string,
): DraftProblem {
  const [what = "", at, setting = ""] = path;
  if (what !== "fields") return { key: null, setting: what, message };
  return { key: fields[Number(at)]?.key ?? null, setting, message };
}
