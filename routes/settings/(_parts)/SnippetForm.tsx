import type { SnippetInput } from "@/core/mod.ts";
import { Select, type SelectProps } from "@/islands/(_components)/Select.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import type { FormProblem } from "../../(_shared)/form_problem.ts";
import { formText } from "../../(_shared)/read_form.ts";
import { FolderField } from "./FolderField.tsx";
import { sharingOf } from "./sharing_field.ts";

export const SNIPPET_LABELS = {
  name: "Name",
  shortcut: "Shortcut",
  folder: "Folder",
  text: "Words",
  sharing: "Who may use it",
} as const;

/** A snippet as its form holds it. */
export interface SnippetValues {
  readonly name: string;
  readonly shortcut: string;
  readonly folder: string;
  readonly text: string;
  /** An option of {@link sharingOptions}. */
  readonly sharing: string;
}

export interface SnippetFormProps {
  readonly action: string;
  readonly values: SnippetValues;
  readonly folders: readonly string[];
  readonly sharings: SelectProps["options"];
  readonly problem: FormProblem | null;
}

/** A new snippet, or one that is changed. */
export function SnippetForm({ action, values, folders, sharings, problem }: SnippetFormProps) {
  const errors = problem?.fields ?? {};
  return (
    <form class="form" id="snippet" method="post" action={action}>
      <TextField
        name="name"
        label={SNIPPET_LABELS.name}
        required
        maxLength={100}
        value={values.name}
        error={errors.name}
      />
      <TextField
        name="shortcut"
        label={SNIPPET_LABELS.shortcut}
        hint="What is typed behind the slash: letters, digits, - _ or ."
        required
        maxLength={40}
        code
        autocomplete="off"
        value={values.shortcut}
        error={errors.shortcut}
      />
      <FolderField value={values.folder} folders={folders} error={errors.folder} />
      <TextArea
        name="text"
        label={SNIPPET_LABELS.text}
        required
        rows={8}
        maxLength={8_000}
        value={values.text}
        error={errors.text ?? errors.html}
      />
      <Select
        name="sharing"
        label={SNIPPET_LABELS.sharing}
        options={sharings}
        value={values.sharing}
        error={errors.sharing}
      />
    </form>
  );
}

export function readSnippetForm(form: FormData): SnippetValues {
  return {
    name: formText(form, "name"),
    shortcut: formText(form, "shortcut"),
    folder: formText(form, "folder"),
    text: formText(form, "text").replaceAll("\r\n", "\n"),
    sharing: formText(form, "sharing") || "private",
  };
}

/** As the core takes it. */
export function snippetInput({ sharing, folder, ...rest }: SnippetValues): SnippetInput {
  return { ...rest, folder: folder.trim(), sharing: sharingOf(sharing) };
}
